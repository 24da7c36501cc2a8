package org.vaescape;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/// Golden files that a test class checks against our code; `make golden` runs the classes that
/// carry it, and [GoldenCoverageTest] counts them.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("golden")
public @interface Covers {
  /// Names as [Golden#read] takes them: `models/vae`.
  String[] value();

  /// What these files hold that the class leaves unchecked, in a few words; empty for nothing.
  String except() default "";
}
