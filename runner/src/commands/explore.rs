//! `tandem explore`.

use std::sync::Arc;

use stateright::Model;

use super::{Context, setup};
use crate::cli::ExploreArgs;
use tandem_check::report::Standing;
use tandem_coach::course::Course;
use tandem_explorer::{Options, listen, serve};
use tandem_lessons::CourseAt;
use tandem_search::cancel::Cancel;
use tandem_tla::tlc::env::Env;

pub(super) fn explore(args: &ExploreArgs, context: &mut Context<'_>) -> anyhow::Result<Standing> {
    let start = match args.selection.name {
        Some(_) => Some(setup::one_instance(&args.selection, context, "explore")?),
        None => None,
    };
    if args.classic {
        let start = start.map_or_else(
            || setup::one_instance(&args.selection, context, "explore"),
            Ok,
        )?;
        // Stateright's server does not report its address, nor a failure to listen.
        let address = listen(args.bind, args.port)?.local_addr()?;
        writeln!(
            context.out,
            "Stateright's own explorer of {start} is at http://{address}"
        )?;
        writeln!(context.out, "Ctrl-C ends it.")?;
        start.system().checker().serve(address);
        return Ok(Standing::Pass);
    }
    anyhow::ensure!(
        args.share || args.bind.is_loopback(),
        "--bind {} would show the explorer to the network; add --share if that is intended",
        args.bind
    );
    let cancel = Cancel::on_signals()?;
    let options = Options {
        port: args.port,
        bind: args.bind,
        share: args.share,
        open: args.open,
        limits: setup::limits(&args.limits),
        threads: setup::beside_others(&args.limits),
        folder: Env::from_process().cache_dir,
        course: course(),
    };
    serve(
        context.catalogue.clone(),
        start.as_ref(),
        &options,
        &cancel,
        context.out,
    )?;
    Ok(Standing::Pass)
}

/// The exercises, if the command runs in a folder that contains them.
fn course() -> Option<CourseAt> {
    let course = Course::find(&std::env::current_dir().ok()?).ok()?;
    Some(CourseAt {
        lessons: Arc::new(course),
        own: None,
    })
}
