//! Tests of finding a jar, with fake caches and jars.

use std::fs;

use super::*;
use crate::tlc::fakes::{Fakes, jar, scrub, sha256, zip};

fn error(fakes: &Fakes, explicit: Option<&str>) -> String {
    let explicit = explicit.map(|name| fakes.path(name));
    let error = locate(&fakes.env(), explicit.as_deref()).unwrap_err();
    scrub(&error.to_string(), fakes)
}

#[test]
fn the_option_comes_before_the_variable_and_the_variable_before_the_cache() {
    let fakes = Fakes::new();
    fs::write(fakes.path("option.jar"), jar()).unwrap();
    fs::write(fakes.path("variable.jar"), jar()).unwrap();
    fs::write(fakes.path("cache/tla2tools.jar"), "corrupt").unwrap();
    let mut env = fakes.env();
    env.tlc_jar = Some(fakes.path("variable.jar"));

    let found = locate(&env, Some(&fakes.path("option.jar"))).unwrap();
    assert_eq!(
        (found.path, found.source),
        (fakes.path("option.jar"), JarSource::Option)
    );
    let found = locate(&env, None).unwrap();
    assert_eq!(
        (found.path, found.source),
        (fakes.path("variable.jar"), JarSource::Variable)
    );
}

#[test]
fn a_jar_of_an_unknown_version_is_accepted_and_reported() {
    let fakes = Fakes::new();
    fs::write(fakes.path("new.jar"), jar()).unwrap();
    let found = locate(&fakes.env(), Some(&fakes.path("new.jar"))).unwrap();
    assert_eq!(found.release, None);
    let text = scrub(&found.to_string(), &fakes).replace(&sha256(&jar()), "[SHA256]");
    insta::assert_snapshot!(text, @"unknown TLC version (SHA-256 [SHA256]) at [DIR]/new.jar, from --tlc-jar");
}

#[test]
fn no_jar_at_all_says_where_it_looked() {
    insta::assert_snapshot!(error(&Fakes::new(), None), @"tla2tools.jar was not found: --tlc-jar is not given, TANDEM_TLC_JAR is not set, and [DIR]/cache/tla2tools.jar does not exist; run `tandem tlc install`, or download it from https://github.com/tlaplus/tlaplus/releases/tag/v1.7.4 and name it with --tlc-jar");
}

#[test]
fn no_cache_folder_is_no_reason_to_panic() {
    let fakes = Fakes::new();
    let mut env = fakes.env();
    env.cache_dir = None;
    let error = locate(&env, None).unwrap_err();
    assert!(error.to_string().contains("there is no cache folder"));
}

#[test]
fn a_missing_file_is_named_with_who_named_it() {
    insta::assert_snapshot!(error(&Fakes::new(), Some("none.jar")), @"--tlc-jar names [DIR]/none.jar, but there is no such file: name a tla2tools.jar such as that of https://github.com/tlaplus/tlaplus/releases/tag/v1.7.4");
}

#[test]
fn a_folder_is_not_a_jar() {
    insta::assert_snapshot!(error(&Fakes::new(), Some("cache")), @"--tlc-jar names [DIR]/cache, but that is a folder: name a tla2tools.jar such as that of https://github.com/tlaplus/tlaplus/releases/tag/v1.7.4");
}

#[test]
fn a_file_of_another_kind_is_not_a_jar() {
    let fakes = Fakes::new();
    fs::write(fakes.path("page.jar"), "<html>not found</html>").unwrap();
    insta::assert_snapshot!(error(&fakes, Some("page.jar")), @"--tlc-jar names [DIR]/page.jar, but that is not a readable jar (invalid Zip archive: Could not find EOCD): name a tla2tools.jar such as that of https://github.com/tlaplus/tlaplus/releases/tag/v1.7.4");
}

#[test]
fn a_truncated_jar_is_not_a_jar() {
    let fakes = Fakes::new();
    let jar = jar();
    fs::write(fakes.path("half.jar"), &jar[..jar.len() / 2]).unwrap();
    assert!(error(&fakes, Some("half.jar")).contains("that is not a readable jar"));
}

#[test]
fn another_programs_jar_is_refused() {
    let fakes = Fakes::new();
    fs::write(fakes.path("other.jar"), zip(&[("a/Main.class", b"")])).unwrap();
    insta::assert_snapshot!(error(&fakes, Some("other.jar")), @"--tlc-jar names [DIR]/other.jar, but that jar has no tlc2/TLC.class: name a tla2tools.jar such as that of https://github.com/tlaplus/tlaplus/releases/tag/v1.7.4");
}

#[test]
fn a_name_that_no_class_path_can_hold_is_refused() {
    let fakes = Fakes::new();
    fs::write(fakes.path("a:b.jar"), jar()).unwrap();
    let text = error(&fakes, Some("a:b.jar"));
    assert!(text.contains("a Java class path cannot hold that name"));
}

#[test]
fn a_cached_jar_with_another_checksum_is_refused() {
    let fakes = Fakes::new();
    fs::write(fakes.path("cache/tla2tools.jar"), "corrupt").unwrap();
    let text = error(&fakes, None).replace(&sha256(b"corrupt"), "[SHA256]");
    insta::assert_snapshot!(text, @"the cached [DIR]/cache/tla2tools.jar is corrupt (its SHA-256 [SHA256] is not one that Tandem installs): delete it or run `tandem tlc install`");
}

#[test]
fn community_modules_beside_2_15_are_refused_and_beside_others_not() {
    let fakes = Fakes::new();
    let jar = fakes.path("tla2tools.jar");
    let located = |sha256: &str| checked(jar.clone(), JarSource::Option, sha256.to_owned());
    assert_eq!(
        located(TLC_2_15.sha256).unwrap().release.unwrap().tlc,
        "2.15"
    );
    fs::write(fakes.path("CommunityModules.jar"), "").unwrap();
    assert!(located(TLC_2_19.sha256).is_ok());
    assert!(located("unknown").is_ok());
    let error = located(TLC_2_15.sha256).unwrap_err().to_string();
    insta::assert_snapshot!(scrub(&error, &fakes), @"[DIR]/CommunityModules.jar lies beside a TLC 2.15 jar, which loads it and then fails with NoClassDefFoundError: move one of the two into another folder, or use a newer tla2tools.jar");
}

fn fake_version(script: &str) -> Result<String, String> {
    let fakes = Fakes::new();
    fs::write(fakes.path("x.jar"), jar()).unwrap();
    fakes.program("java", script);
    let java = Java {
        path: fakes.path("bin/java"),
        major: 17,
        version: "17".into(),
    };
    let env = fakes.env();
    let jar = locate(&env, Some(&fakes.path("x.jar"))).unwrap();
    let version = version(&jar, &java, &env, &Cancel::new());
    assert!(fakes.names("temp").is_empty());
    version.map_err(|error| scrub(&error.to_string(), &fakes))
}

#[test]
fn the_version_line_is_found_although_tlc_complains() {
    let version = fake_version("echo 'TLC2 Version 2.19 of 08 August 2024 (rev: 5a47802)'; exit 1");
    assert_eq!(
        version.unwrap(),
        "TLC2 Version 2.19 of 08 August 2024 (rev: 5a47802)"
    );
}

#[test]
fn a_jar_that_tells_no_version_is_quoted() {
    let error = fake_version("echo 'Error: could not find class' >&2; exit 1").unwrap_err();
    insta::assert_snapshot!(error, @"[DIR]/x.jar did not print its version: Error: could not find class; check the jar, or use that of https://github.com/tlaplus/tlaplus/releases/tag/v1.7.4");
}

#[test]
fn a_version_without_a_date_gets_that_of_the_release() {
    let line = "TLC2 Version 2.15 of Day Month 20?? (rev: d5b5a7f)";
    let dated = with_date(line, Some(&TLC_2_15));
    assert_eq!(dated, "TLC2 Version 2.15 of January 2020 (rev: d5b5a7f)");
    let undated = with_date(line, None);
    assert_eq!(undated, "TLC2 Version 2.15 (rev: d5b5a7f)");
    let other = "TLC2 Version 2.19 of 08 August 2024 (rev: 5a47802)";
    assert_eq!(with_date(other, Some(&TLC_2_19)), other);
}
