// Texts of the page that are gzip in base64.

async function unpacked(id) {
  const packed = Uint8Array.from(atob(document.getElementById(id).textContent), char => char.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

if (typeof DecompressionStream === "undefined") {
  for (const place of document.querySelectorAll(".view p, #trial-table p")) {
    place.textContent = "This needs a browser of 2023 or later.";
  }
}
