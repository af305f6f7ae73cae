//! Java and the jar, missing or broken.

use std::fs;

use super::place::{Place, refused, run};

#[test]
fn no_java() {
    insta::assert_snapshot!(refused("compare outbox --engine tlc"), @"error: java was not found: JAVA_HOME is not set and no folder of PATH has it; TLC needs it: install a JDK or JRE of version 11 or newer (Debian and Ubuntu: `apt install default-jre-headless`, macOS: `brew install openjdk`, Windows: `winget install EclipseAdoptium.Temurin.21.JRE`)");
    // The Rust side needs none.
    assert_eq!(run("check outbox:check-and-return").code, Some(1));
}

#[test]
fn a_wrong_java_home() {
    let place = Place::with_java("exit 1");
    let mut command = place.tandem("check outbox --engine tlc");
    let output = command
        .env("JAVA_HOME", place.path("nowhere"))
        .output()
        .unwrap();
    let ended = place.ended(&output);
    assert_eq!(ended.code, Some(2));
    insta::assert_snapshot!(ended.stderr, @"error: JAVA_HOME is set to [DIR]/nowhere, which has no bin/java: correct the variable or unset it, so that PATH is searched");
}

#[test]
fn no_jar_where_it_should_be() {
    let place = Place::with_java("exit 1");
    let stderr = place.refused("compare outbox --tlc-jar /nowhere/tla2tools.jar --engine tlc");
    insta::assert_snapshot!(stderr, @"error: --tlc-jar names /nowhere/tla2tools.jar, but there is no such file: name a tla2tools.jar such as that of https://github.com/tlaplus/tlaplus/releases/tag/v1.7.4");
    insta::assert_snapshot!(place.refused("tlc path --tlc-jar /nowhere/x.jar"), @"error: --tlc-jar names /nowhere/x.jar, but there is no such file: name a tla2tools.jar such as that of https://github.com/tlaplus/tlaplus/releases/tag/v1.7.4");
}

#[test]
fn a_jar_that_is_none() {
    let place = Place::with_java("exit 1");
    fs::write(place.path("fake.jar"), "PK and nothing more").unwrap();
    insta::assert_snapshot!(place.refused("compare outbox --engine tlc"), @"error: TANDEM_TLC_JAR names [DIR]/fake.jar, but that is not a readable jar (invalid Zip archive: Could not find EOCD): name a tla2tools.jar such as that of https://github.com/tlaplus/tlaplus/releases/tag/v1.7.4");
}

#[test]
fn a_jar_of_something_else() {
    let place = Place::with_java("exit 1");
    let mut jar = zip::ZipWriter::new(fs::File::create(place.path("fake.jar")).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    jar.start_file("org/example/Main.class", options).unwrap();
    jar.finish().unwrap();
    insta::assert_snapshot!(place.refused("compare outbox --engine tlc"), @"error: TANDEM_TLC_JAR names [DIR]/fake.jar, but that jar has no tlc2/TLC.class: name a tla2tools.jar such as that of https://github.com/tlaplus/tlaplus/releases/tag/v1.7.4");
}

#[test]
fn a_corrupt_jar_in_the_cache() {
    let place = Place::with_java("exit 1");
    fs::write(place.path("cache/tla2tools.jar"), "half of a downl").unwrap();
    let mut command = place.tandem("compare outbox --engine tlc");
    let ended = place.ended(&command.env_remove("TANDEM_TLC_JAR").output().unwrap());
    assert_eq!(ended.code, Some(2));
    insta::assert_snapshot!(ended.stderr, @"error: the cached [DIR]/cache/tla2tools.jar is corrupt (its SHA-256 ffc8fcc21f7c53cb391197f166ed50482f896ff0703ac84e58d8663b68769302 is not one that Tandem installs): delete it or run `tandem tlc install`");
}

#[test]
fn a_temporary_folder_that_is_none() {
    let place = Place::with_java("exit 1");
    let mut command = place.tandem("compare outbox --engine tlc");
    let ended = place.ended(&command.env("TMPDIR", "/nowhere").output().unwrap());
    assert_eq!(ended.code, Some(2));
    // The name in between is another one each time.
    let (start, end) = (
        "error: cannot create a folder for TLC in /nowhere: No such file",
        "; free some space there or set TMPDIR to another folder\n",
    );
    assert!(ended.stderr.starts_with(start) && ended.stderr.ends_with(end));
}
