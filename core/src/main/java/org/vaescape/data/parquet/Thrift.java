package org.vaescape.data.parquet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;

/// Reads Thrift's compact protocol, in which Parquet writes its footer and the header of each page.
///
/// What the bytes claim is never trusted: a list is no longer than the bytes that are left.
final class Thrift {
  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int BYTE = 3;
  private static final int I16 = 4;
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int DOUBLE = 7;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int SET = 10;
  private static final int MAP = 11;
  private static final int STRUCT = 12;
  private static final int UUID = 13;

  /// Parquet's own structures are far less deep.
  private static final int DEEPEST = 20;

  private final byte[] bytes;
  private int at;
  private int type;
  private int depth;

  /// @param at index of the first byte
  Thrift(byte[] bytes, int at) {
    this.bytes = bytes;
    this.at = at;
  }

  /// Takes a field of a structure: reads its value, or skips it.
  interface Field {
    void take(int id) throws IOException;
  }

  /// Reads an element of a list.
  interface Element<T> {
    T read() throws IOException;
  }

  /// Where reading goes on.
  int at() {
    return at;
  }

  /// Reads the fields of a structure, each by its number.
  void structure(Field field) throws IOException {
    if (++depth > DEEPEST) {
      throw new ZipException("a header is nested too deeply");
    }
    int id = 0;
    for (int head = octet(); (head & 0xf) != 0; head = octet()) {
      id = head >>> 4 == 0 ? (int) zigzag() : id + (head >>> 4);
      type = head & 0xf;
      field.take(id);
    }
    depth--;
  }

  /// The fields of a structure that is a field itself.
  void member(Field field) throws IOException {
    require(type == STRUCT);
    structure(field);
  }

  boolean truth() throws IOException {
    require(type == TRUE || type == FALSE);
    return type == TRUE;
  }

  long whole() throws IOException {
    require(type >= BYTE && type <= I64);
    return type == BYTE ? (byte) octet() : zigzag();
  }

  /// A whole number of 32 bits.
  int small() throws IOException {
    long value = whole();
    require(value == (int) value);
    return (int) value;
  }

  String text() throws IOException {
    require(type == BINARY);
    int length = length();
    at += length;
    return new String(bytes, at - length, length, StandardCharsets.UTF_8);
  }

  /// A list of structures.
  <T> List<T> list(Element<T> element) throws IOException {
    require(type == LIST);
    int head = octet();
    int count = head >>> 4 == 15 ? length() : head >>> 4;
    require(count == 0 || (head & 0xf) == STRUCT);
    List<T> list = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      list.add(element.read());
    }
    return list;
  }

  /// Passes over the value of a field.
  void skip() throws IOException {
    skip(type, true);
  }

  private void skip(int skipped, boolean isField) throws IOException {
    switch (skipped) {
      case TRUE, FALSE -> {
        if (!isField) { // a field holds it in its type
          octet();
        }
      }
      case BYTE -> octet();
      case I16, I32, I64 -> variable();
      case DOUBLE -> pass(Long.BYTES);
      case BINARY -> pass(length());
      case UUID -> pass(16);
      case LIST, SET -> {
        int head = octet();
        skipAll(head >>> 4 == 15 ? length() : head >>> 4, head & 0xf);
      }
      case MAP -> {
        int count = length();
        int kinds = count == 0 ? 0 : octet();
        for (int i = 0; i < count; i++) {
          skipAll(1, kinds >>> 4);
          skipAll(1, kinds & 0xf);
        }
      }
      case STRUCT -> structure(_ -> skip());
      default -> throw damaged();
    }
  }

  private void skipAll(int count, int kind) throws IOException {
    if (++depth > DEEPEST) {
      throw damaged();
    }
    for (int i = 0; i < count; i++) {
      skip(kind, false);
    }
    depth--;
  }

  private void pass(int count) throws IOException {
    require(count <= bytes.length - at);
    at += count;
  }

  private int octet() throws IOException {
    require(at < bytes.length);
    return bytes[at++] & 0xff;
  }

  /// A length of what follows, each part of which takes a byte at least.
  private int length() throws IOException {
    long length = variable();
    require(length >= 0 && length <= bytes.length - at);
    return (int) length;
  }

  private long zigzag() throws IOException {
    long value = variable();
    return (value >>> 1) ^ -(value & 1);
  }

  private long variable() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int octet = octet();
      value |= (long) (octet & 0x7f) << shift;
      if (octet < 0x80) {
        return value;
      }
    }
    throw damaged();
  }

  private static void require(boolean fits) throws ZipException {
    if (!fits) {
      throw damaged();
    }
  }

  private static ZipException damaged() {
    return new ZipException("a header of Parquet is not what it must be");
  }
}
