# Every recipe finds a JDK 25 by itself, as ./vaescape does.
SHELL := bash
MVN = set -euo pipefail; . .mvn/toolchain.sh; need_jdk; need_maven; need_platform; \
  maven() { mvn -B -ntp "-Dnative.platform=$$native_platform" \
  "-Dvaescape.revision=$$(source_revision "$$PWD")" "$$@"; }; mkdir -p .build; maven

# With make -C the folder that GOLDEN counts from is the caller's, which only the environment knows.
CALLER := $(if $(findstring w,$(firstword -$(MAKEFLAGS))),$(PWD),$(CURDIR))

.PHONY: test format golden jmh sbom pictures clean

test: ## builds, checks the format, runs all tests
	@$(MVN) verify | tee .build/test.log
	@$(call closing_lines,.build/test.log)

format: ## lays out the sources as the check wants them
	@$(MVN) -q spotless:apply

golden: ## compares with the golden files alone; GOLDEN=DIR takes another folder of them
	@dir="$(GOLDEN)"; case "$$dir" in '') dir=$$PWD/golden ;; /*) ;; *) dir="$(CALLER)/$$dir" ;; esac; \
	[ -d "$$dir" ] || { echo "GOLDEN=$(GOLDEN): there is no folder $$dir" >&2; exit 2; }; \
	$(MVN) test -Dgroups=golden "-Dvaescape.golden=$$dir" | tee .build/golden.log
	@grep '^golden: ' .build/golden.log || true
	@$(call closing_lines,.build/golden.log)

jmh: ## measures kernels; FILTER=Products takes some, JMH="-f 3" are further words of JMH
	@$(MVN) -q -pl core test-compile dependency:build-classpath -Dmdep.outputFile="$$PWD/.build/jmh.classpath"
	@. ./vaescape; need_jdk; "$$JAVA_HOME/bin/java" "$${jvm_flags[@]}" -Xmx2g \
	  -cp "core/target/test-classes:core/target/classes:$$(cat .build/jmh.classpath)" org.openjdk.jmh.Main $(JMH) $(FILTER)

sbom: ## writes .build/sbom.cdx.json: everything shipped that others made, with versions and licences
	@$(MVN) -q -pl core test-compile org.cyclonedx:cyclonedx-maven-plugin:makeBom dependency:build-classpath \
	  -Dmdep.outputFile="$$PWD/.build/jmh.classpath"
	@. ./vaescape; need_jdk; cd core; "$$JAVA_HOME/bin/java" -cp "target/test-classes:target/classes:$$(cat ../.build/jmh.classpath)" \
	  org.vaescape.dependencies.BillOfMaterials target/libraries.cdx.json ../.build/sbom.cdx.json
	@echo "Written: .build/sbom.cdx.json"

pictures: ## draws docs/images anew; STUDY is a folder in which korkic2021 was run
	@bench/pictures.sh "$(STUDY)"

clean: ## removes what was built; the next start builds again
	@$(MVN) -q clean
	@rm -rf .build

closing_lines = grep -E '(Tests run: [0-9]+, Failures: [0-9]+, Errors: [0-9]+, Skipped: [0-9]+)$$' $(1) | tail -n 1
