package org.vaescape.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A way to a server of this machine on which a connection can hang: nothing that is sent arrives,
/// and nobody is told.
final class Relay implements AutoCloseable {
  private final ServerSocket door;
  private final int target;
  private final ExecutorService pumps = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger hung = new AtomicInteger();

  private Relay(ServerSocket door, int target) {
    this.door = door;
    this.target = target;
  }

  static Relay to(int port) throws IOException {
    Relay relay = new Relay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
    var _ = relay.pumps.submit(relay::accept);
    return relay;
  }

  int port() {
    return door.getLocalPort();
  }

  /// Lets the connections hang that there are; new ones work.
  void hang() {
    hung.incrementAndGet();
  }

  private Void accept() throws IOException {
    while (true) {
      Socket near = door.accept();
      try {
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        int age = hung.get();
        var _ = pumps.submit(() -> pump(near, far, age));
        var _ = pumps.submit(() -> pump(far, near, age));
      } catch (IOException e) {
        near.close(); // the server is away
      }
    }
  }

  private Void pump(Socket from, Socket to, int age) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] bytes = new byte[8192];
    for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
      if (hung.get() == age) {
        out.write(bytes, 0, read);
      }
    }
    if (hung.get() == age) {
      to.close();
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    door.close();
    pumps.shutdownNow();
  }
}
