//! A shell script that outlives the test process, to clean up after it.

use std::{
    ffi::OsStr,
    io::{self, BufRead, BufReader, Read, Write},
    os::unix::process::CommandExt,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

/// A running script that holds something for this process.
///
/// The script reads its standard input, a pipe whose other end only this
/// process has. However the process ends, even by SIGKILL, the kernel closes
/// that end; the script then reads the end of its input, and cleans up.
/// Destructors can't promise that: a value in a `static` is never dropped, nor
/// is anything in a process that was killed.
///
/// A script answers with a line `ok TEXT` or `no`; whatever else it writes
/// explains a failure.
#[derive(Debug)]
pub(crate) struct Guardian {
    // In this order: the input is closed before anything else is given up.
    input: ChildStdin,
    answers: BufReader<ChildStdout>,
    _child: Child,
}

impl Guardian {
    /// Starts `script` in a shell, with `arguments` as its `$1`, `$2` …
    pub(crate) fn start(script: &str, arguments: &[&OsStr]) -> Result<Self, String> {
        let mut command = Command::new("sh");
        command
            .args(["-c", script, "guardian"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // The script sends its errors the way of its answers. It must not
            // hold on to this process's own output, whose reader may wait for
            // all writers to be gone.
            .stderr(Stdio::null())
            // Out of the terminal's foreground group: an interrupt from the
            // keyboard is for the tests, and must not stop the cleaning up.
            .process_group(0);
        without_settings(&mut command);
        let mut child = command
            .spawn()
            .map_err(|error| format!("the shell `sh` can't be run: {error}"))?;
        Ok(Self {
            input: child.stdin.take().unwrap(),
            answers: BufReader::new(child.stdout.take().unwrap()),
            _child: child,
        })
    }

    /// Sends the script a line.
    pub(crate) fn tell(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.input, "{line}")
    }

    /// Waits for the script's next answer; an error is what it wrote before it
    /// refused or ended.
    pub(crate) fn answer(&mut self) -> Result<String, String> {
        let mut explanation = String::new();
        for line in self.answers.by_ref().lines() {
            let line = line.map_err(|error| error.to_string())?;
            if let Some(text) = line.strip_prefix("ok ") {
                return Ok(text.to_owned());
            }
            if line == "no" {
                break;
            }
            explanation.push_str(&line);
            explanation.push('\n');
        }
        Err(explanation)
    }
}

/// Takes the variables `PG…` from a command's environment: they are the
/// developer's settings for other servers.
pub(crate) fn without_settings(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PG") {
            command.env_remove(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_leaves_the_explanations_out() {
        let mut guardian =
            Guardian::start("echo chatter; echo ok \"$1\"", &["7 of 9".as_ref()]).unwrap();
        assert_eq!(guardian.answer().unwrap(), "7 of 9");
    }

    #[test]
    fn a_refusal_and_an_end_explain_themselves() {
        let mut guardian = Guardian::start(
            "read -r line; echo heard $line; echo no; echo gone; exit 1",
            &[],
        )
        .unwrap();
        guardian.tell("something").unwrap();
        assert_eq!(guardian.answer().unwrap_err(), "heard something\n");
        assert_eq!(guardian.answer().unwrap_err(), "gone\n");
    }
}
