package org.vaescape.data.fetch;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the headers of an answer say of the file behind it.
record ServerFile(HttpHeaders headers) {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  /// `bytes 5-9/10`.
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");

  /// What `If-Range` takes: a strong entity tag, or else a date; empty where there is none.
  String validator() {
    return headers
        .firstValue("ETag")
        .filter(tag -> tag.startsWith("\""))
        .or(() -> headers.firstValue("Last-Modified"))
        .orElse("");
  }

  /// 32 hexadecimal digits, or empty: Amazon S3 tags what was stored in one piece by its MD5,
  /// unless keys of its own encrypt it.
  String md5() {
    boolean plain =
        headers.firstValue("Server").orElse("").equals("AmazonS3")
            && !headers.firstValue("x-amz-server-side-encryption").orElse("").contains("kms")
            && headers.firstValue("x-amz-server-side-encryption-customer-algorithm").isEmpty();
    return headers
        .firstValue("ETag")
        .map(tag -> tag.replace("\"", ""))
        .filter(tag -> plain && tag.matches("[0-9a-f]{32}"))
        .orElse("");
  }

  /// Of the body, in bytes, or -1 where it is not said.
  long length() {
    return headers.firstValueAsLong("Content-Length").orElse(-1);
  }

  boolean isWebPage() {
    return headers.firstValue("Content-Type").orElse("").startsWith("text/html");
  }

  /// Seconds that the server asks for, at most a minute of them.
  Duration pause() {
    Duration asked =
        headers
            .firstValue("Retry-After")
            .filter(text -> text.matches("\\d{1,6}"))
            .map(text -> Duration.ofSeconds(Long.parseLong(text)))
            .orElse(Duration.ZERO);
    return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
  }

  /// Length of the whole file, if this answer is what follows on the first bytes of the same file.
  ///
  /// @param bytes that have come
  /// @param before what was said of the file then
  OptionalLong following(long bytes, PartFile.Origin before) {
    Matcher range = CONTENT_RANGE.matcher(headers.firstValue("Content-Range").orElse(""));
    if (!range.matches() || Long.parseLong(range.group(1)) != bytes) {
      return OptionalLong.empty();
    }
    long length = Long.parseLong(range.group(2));
    boolean same =
        (before.length() < 0 || before.length() == length)
            && (validator().isEmpty() || validator().equals(before.validator()));
    return same ? OptionalLong.of(length) : OptionalLong.empty();
  }

  /// What is told of a part that is kept.
  PartFile.Origin origin(String url) {
    return new PartFile.Origin(url, validator(), length(), md5());
  }
}
