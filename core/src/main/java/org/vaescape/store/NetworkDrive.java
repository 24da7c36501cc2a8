package org.vaescape.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Whether a folder is on another machine, where SQLite's log cannot be used and locks are not to
/// be trusted.
///
/// The log needs memory that all its readers and writers share, as processes of one machine do. A
/// journal needs locks alone, which many network drives have, but not all of them right.
public final class NetworkDrive {
  /// As the system calls them; those of FUSE after `fuse.`.
  private static final Set<String> TYPES =
      Set.of(
          "nfs",
          "nfs3",
          "nfs4",
          "cifs",
          "smb",
          "smb2",
          "smb3",
          "smbfs",
          "ncpfs",
          "afs",
          "auristorfs",
          "coda",
          "9p",
          "ceph",
          "lustre",
          "gpfs",
          "beegfs",
          "pvfs2",
          "orangefs",
          "glusterfs",
          "sshfs",
          "davfs",
          "davfs2",
          "s3fs",
          "gcsfuse",
          "rclone",
          "blobfuse2",
          "goofys",
          "gvfsd-fuse",
          "smbnetfs",
          "curlftpfs",
          "vboxsf",
          "virtiofs",
          "prl_fs",
          "vmhgfs",
          "vmhgfs-fuse",
          "afpfs",
          "webdav");

  private NetworkDrive() {}

  /// The type of the folder's file system if that is a network's, else empty.
  public static Optional<String> of(Path folder) {
    try {
      return named(Files.getFileStore(folder.toAbsolutePath()).type());
    } catch (IOException e) {
      return Optional.empty(); // whoever writes there meets the same
    }
  }

  /// The type if it is a network's.
  static Optional<String> named(String type) {
    String name = type.toLowerCase(Locale.ROOT);
    return TYPES.contains(name.startsWith("fuse.") ? name.substring("fuse.".length()) : name)
        ? Optional.of(type)
        : Optional.empty();
  }

  /// What a person should know whose study is there.
  public static String warning(Path folder, String type) {
    return "%s is on a network drive (%s), whose locks a database cannot always trust: run one vaescape at a time there, or better keep the folder on a disk of this machine, or the trials on a PostgreSQL server (store)"
        .formatted(folder, type);
  }
}
