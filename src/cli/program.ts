import { Command, CommanderError, Option } from 'commander'
import { ConfigError, showConfigProblem } from '../config/error.ts'
import { TOOL } from '../engine/tool.ts'
import { FAULTS } from '../model/verdict.ts'
import { visible } from '../text/control.ts'
import type { AuditFlags } from './commands/audit.ts'
import type { HandlersFlags } from './commands/handlers.ts'
import type { SnapshotFlags } from './commands/snapshot.ts'
import type { TraceFlags } from './commands/trace.ts'
import { type Io, UsageError } from './io.ts'

/** Parses the command line and runs its command, which is loaded only then. */
export async function runProgram(argv: readonly string[], io: Io): Promise<number> {
  let code = 0
  const program = buildProgram(io, (result) => {
    code = result
  })
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    return report(error, io)
  }
}

function report(error: unknown, io: Io): number {
  const say = (text: string) => io.stderr(`semcheck: ${visible(text)}\n`)
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof UsageError) {
    say(error.message)
    if (error.hint !== undefined) io.stderr(`  ${visible(error.hint)}\n`)
    return 2
  }
  if (error instanceof ConfigError) {
    for (const problem of error.problems) io.stderr(`${visible(showConfigProblem(problem))}\n`)
    say(`the configuration cannot be used; semcheck schema config prints what it may hold`)
    return 2
  }
  say(`internal error, the audit is incomplete: ${error instanceof Error ? error.message : String(error)}`)
  if (io.env.SEMCHECK_DEBUG && error instanceof Error) io.stderr(`${error.stack}\n`)
  return 3
}

/** The option parser's message in our form, its line breaks kept. */
function usageLines(text: string): string {
  const lines = text
    .trim()
    .replace(/^error:/, 'semcheck:')
    .split('\n')
  return lines.map((line) => `${visible(line)}\n`).join('')
}

const collect = (value: string, before: string[] = []) => [...before, value]
const collectList = (value: string, before: string[] = []) => [
  ...before,
  ...value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
]

/** The command line's shape. `done` takes the exit code of the command that ran. */
export function buildProgram(io: Io, done: (code: number) => void): Command {
  const program = new Command('semcheck')
    .description('Which Kafka messages can be lost or processed twice, and how you know')
    .version(TOOL.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .configureOutput({
      writeOut: io.stdout,
      writeErr: io.stderr,
      outputError: (text, write) => write(usageLines(text)),
      getOutHelpWidth: () => io.columns ?? 100,
      getErrHelpWidth: () => io.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showSuggestionAfterError()
    .exitOverride()
  addAudit(program, io, done)
  addSnapshot(program, io, done)
  addHandlers(program, io)
  addReference(program, io)
  addSetup(program, io)
  return program
}

/** Commands that tell what semcheck knows. */
function addReference(program: Command, io: Io): void {
  const load = () => import('./commands/reference.ts')
  program
    .command('explain')
    .description('say what a rule checks, why it matters and how to mend it')
    .argument('<rule>', 'rule id, such as auto-commit')
    .addOption(new Option('-f, --format <name>', 'how to print it').choices(['text', 'json']).default('text'))
    .action(async (rule: string, flags: { format: 'text' | 'json' }) => (await load()).explain(rule, flags.format, io))
  program
    .command('rules')
    .description('list the rules')
    .addOption(new Option('-f, --format <name>', 'how to print them').choices(['table', 'json', 'markdown']).default('table'))
    .action(async (flags: { format: 'table' | 'json' | 'markdown' }) => (await load()).listRules(flags.format, io))
  program
    .command('clients')
    .description('say what is known of a client library: defaults by version with their sources, when it commits, what it can do')
    .argument('[library[@version]]', 'such as kafka-python@2.0.2; without it, the libraries are listed')
    .action(async (library: string | undefined) => (await load()).clients(library, io))
}

/** Commands that help to set semcheck up. */
function addSetup(program: Command, io: Io): void {
  const load = () => import('./commands/setup.ts')
  program
    .command('init')
    .description('write a commented semcheck.yaml into the current folder')
    .action(async () => (await load()).init(io))
  program
    .command('schema')
    .description('print a JSON Schema')
    .addArgument(program.createArgument('<of>', 'what it describes').choices(['config', 'report', 'snapshot']))
    .action(async (of: 'config' | 'report' | 'snapshot') => (await load()).schema(of, io))
  program
    .command('completion')
    .description('print a completion script')
    .addArgument(program.createArgument('<shell>', 'which shell').choices(['bash', 'zsh', 'fish']))
    .action(async (shell: 'bash' | 'zsh' | 'fish') => (await load()).completion(shell, program, io))
}

function addHandlers(program: Command, io: Io): void {
  program
    .command('trace')
    .description("say what can become of a consumer's messages under each fault, with the shortest way there")
    .argument('[consumer]', 'part of the name of a consumer or its handler; all when none is named')
    .argument('[paths...]', 'files and folders; the current folder when none is named')
    .addOption(new Option('--fault <name>', 'only this one').choices([...FAULTS]))
    .option('--exclude <pattern>', "leave out, in .gitignore's syntax, relative to the current folder; repeatable", collect)
    .option('--include-tests', 'also read test and docs folders')
    .option('--config <file>', 'use this configuration instead of the nearest semcheck.yaml')
    .option('--no-config', 'use no configuration file')
    .addOption(new Option('--color <when>', 'colour the output').choices(['auto', 'always', 'never']).default('auto'))
    .action(async (consumer: string | undefined, paths: string[], flags: TraceFlags) =>
      (await import('./commands/trace.ts')).traceCommand(consumer, paths, flags, io),
    )
  program
    .command('handlers')
    .description('say what each consumer was understood to do between receiving and committing')
    .argument('[paths...]', 'files and folders; the current folder when none is named')
    .addOption(new Option('-f, --format <name>', 'how to print it').choices(['text', 'json']).default('text'))
    .option('--exclude <pattern>', "leave out, in .gitignore's syntax, relative to the current folder; repeatable", collect)
    .option('--include-tests', 'also read test and docs folders')
    .option('--config <file>', 'use this configuration instead of the nearest semcheck.yaml')
    .option('--no-config', 'use no configuration file')
    .addOption(new Option('--color <when>', 'colour the output').choices(['auto', 'always', 'never']).default('auto'))
    .action(async (paths: string[], flags: HandlersFlags) =>
      (await import('./commands/handlers.ts')).handlersCommand(paths, flags, io),
    )
}

function addSnapshot(program: Command, io: Io, done: (code: number) => void): void {
  program
    .command('snapshot')
    .description('write down what a cluster says, for audits where it cannot be reached')
    .argument('[paths...]', 'files and folders whose topics, groups and transactional ids are asked about')
    .option('--cluster <file>', 'a Kafka client properties file')
    .option('--bootstrap-server <host:port>', 'the address of a broker; comma-separated')
    .option('--timeout <duration>', 'for all questions to the cluster, such as 30s')
    .option('-o, --output <file>', 'where to write it; standard output when not given')
    .option('--exclude <pattern>', "leave out, in .gitignore's syntax, relative to the current folder; repeatable", collect)
    .option('--include-tests', 'also read test and docs folders')
    .option('--config <file>', 'use this configuration instead of the nearest semcheck.yaml')
    .option('--no-config', 'use no configuration file')
    .action(async (paths: string[], flags: SnapshotFlags) =>
      done(await (await import('./commands/snapshot.ts')).snapshotCommand(paths, flags, io)),
    )
}

function addAudit(program: Command, io: Io, done: (code: number) => void): void {
  const audit = program
    .command('audit', { isDefault: true })
    .description('audit files and folders (the default command)')
    .argument('[paths...]', 'files and folders; the current folder when none is named')
    .optionsGroup('Input:')
    .option('--exclude <pattern>', "leave out, in .gitignore's syntax, relative to the current folder; repeatable", collect)
    .option('--include-tests', 'also read test and docs folders')
    .option('--list-files', 'print the files that would be read, and stop')
    .option('--config <file>', 'use this configuration instead of the nearest semcheck.yaml')
    .option('--no-config', 'use no configuration file')
    .optionsGroup('Judgement:')
    .option('--assume <library=version>', 'judge clients of a library as this version; repeatable', collect)
    .option('--select <rules>', 'run only these rules; comma-separated, repeatable', collectList)
    .option('--ignore <rules>', 'do not run these rules; comma-separated, repeatable', collectList)
    .addOption(
      new Option('--persona <who>', 'pedantic adds advice on accepted defaults, auditor also guesses')
        .choices(['default', 'pedantic', 'auditor'])
        .default('default'),
    )
    .optionsGroup('Cluster:')
    .option('--cluster <file>', 'ask the cluster of this Kafka client properties file too; semcheck can only read there')
    .option('--bootstrap-server <host:port>', 'ask the cluster at this address; comma-separated')
    .option('--cluster-snapshot <file>', 'what semcheck snapshot wrote, instead of a connection')
    .option('--timeout <duration>', 'for all questions to the cluster, such as 30s')
    .option('--show-requests', 'tell every request that was sent to the cluster')
    .optionsGroup('Exit code:')
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 for findings at or above it')
        .choices(['error', 'warning', 'info', 'never'])
        .default('error'),
    )
    .option('--strict', 'exit 3 when any file could not be read in full')
    .optionsGroup('Output:')
    .option(
      '-f, --format <name[=file]>',
      'pretty, concise, json, sarif or github; to a file after =; repeatable (default: pretty)',
      collect,
    )
    .option('--clients', 'print every setting of every client, not only those that matter most')
    .addOption(new Option('--color <when>', 'colour the output').choices(['auto', 'always', 'never']).default('auto'))
    .option('-q, --quiet', 'print findings only')
    .optionsGroup('Options:')
    .action(async (paths: string[], flags: AuditFlags) =>
      done(await (await import('./commands/audit.ts')).auditCommand(paths, flags, io)),
    )
  audit.addHelpText(
    'after',
    '\nExit codes: 0 nothing at or above --fail-on; 1 findings; 2 wrong usage or configuration; 3 the audit is incomplete.',
  )
}
