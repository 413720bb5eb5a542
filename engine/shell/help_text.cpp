// What `plenum --help` prints.
#include "engine/shell/options.h"

namespace plenum::shell {

std::string_view HelpText() {
  return R"(plenum: a knowledge graph in a directory, and a language to ask it.

  plenum DB                           a shell; without a terminal, the statements of standard input
  plenum DB -c QUERY [-c QUERY …]     runs these statements
  plenum source add DB FILE --key KEY attaches a text to the source KEY (FILE '-': standard input)
  plenum import DB --nodes LABEL1:LABEL2=FILE … --relationships TYPE=FILE …
                                      builds a new database from CSV files
  plenum check DB                     whether all that the database keeps agrees; else what does not, and what to do
  plenum stats DB                     counts of what there is, and the bytes it takes on disk and in memory
  plenum dump DB                      statements that build the same graph: plenum NEW --no-sync < DUMP
  plenum --jsonl [DB]                 questions and answers as lines of JSON, for programs

DB is a directory, made when it is not there, or :memory:. Statements end with ';', the last may lack it.

  --format NAME       table (default), csv, json, jsonl or markdown
  --param NAME=JSON   the value of $NAME; repeatable
  --read-only         changes nothing; the directory must be there
  --timeout SECONDS   stops each statement after that time (30, 0.5, 500ms)
  --load-csv DIRECTORY  LOAD CSV reads files below it, and no others (default: every file; with --jsonl none)
  --threads N         for long queries and imports (default: as many as the machine has cores)
  --memory SIZE       half for what was read, half for a query's rows (default 2G)
  --no-sync           does not wait for the disk after each write: a crash may lose the latest
  --help, --version

Import (files begin with a header line of name:type fields, :ID, :LABEL, :START_ID, :END_ID, :TYPE, :VALID_FROM, :CITE, …):
  --delimiter C, --array-delimiter C  between fields (default ','; TAB) and between the items of an array (';')
  --id-type TYPE                      the :ID columns hold string (default) or integer
  --bad-tolerance N                   leaves out up to N rows that cannot be read, and says which (default 0)
  --report FILE                       says so in this file, a line for each row, rather than on the terminal

Check:
  --limit N           how many problems are told one by one (default 100); all are counted

Stats:
  --json              as one JSON object
  --compact           folds and rewrites everything first, so that the bytes are those at rest

Exit status: 0; 1 when a statement failed, the database cannot be opened or a check finds problems; 2 when the command line makes no sense.
)";
}

}  // namespace plenum::shell
