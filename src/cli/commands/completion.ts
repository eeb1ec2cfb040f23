import type { Command, Option } from 'commander'
import { libraryIds, ruleIds } from '../catalogue.ts'
import type { Io } from '../io.ts'

interface Completed {
  readonly name: string
  readonly description: string
  readonly options: readonly Option[]
  /** Words that its first argument may be; empty for paths. */
  readonly words: readonly string[]
}

/** `semcheck completion <shell>`: a script made from the commands as they are. */
export async function completion(shell: 'bash' | 'zsh' | 'fish', program: Command, io: Io): Promise<void> {
  const names = { explain: await ruleIds(), clients: await libraryIds() }
  const commands = program.commands.map((command) => completedCommand(command, names))
  io.stdout({ bash, zsh, fish }[shell](commands))
}

function completedCommand(command: Command, names: Readonly<Record<string, readonly string[]>>): Completed {
  const name = command.name()
  const words = names[name] ?? command.registeredArguments[0]?.argChoices ?? []
  return { name, description: command.description(), options: command.options, words }
}

function flagsOf({ options }: Completed): string[] {
  return options.flatMap(({ short, long }) => [short, long]).filter((flag) => flag !== undefined)
}

function bash(commands: readonly Completed[]): string {
  const names = commands.map((command) => command.name)
  const cases = commands.flatMap((command) => [
    `    ${command.name}) words="${[...command.words, ...flagsOf(command)].join(' ')}" ;;`,
  ])
  const choices = valueCases(commands).map(
    ([flag, values]) => `    ${flag}) COMPREPLY=($(compgen -W "${values.join(' ')}" -- "$word")); return ;;`,
  )
  const audit = commands.find((command) => command.name === 'audit')
  return `# semcheck completion bash > /etc/bash_completion.d/semcheck, or: source <(semcheck completion bash)
_semcheck() {
  local word="\${COMP_WORDS[COMP_CWORD]}" words=""
  case "\${COMP_WORDS[COMP_CWORD-1]}" in
${choices.join('\n')}
  esac
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
    *) words="${audit ? flagsOf(audit).join(' ') : ''}" ;;
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then words="$words ${names.join(' ')}"; fi
  COMPREPLY=($(compgen -W "$words" -- "$word") $(compgen -f -- "$word"))
}
complete -o filenames -F _semcheck semcheck
`
}

function zsh(commands: readonly Completed[]): string {
  const described = commands.map(({ name, description }) => `    '${name}:${quote(description)}'`)
  const cases = commands.map((command) => {
    const values = new Map(valueCases([command]))
    const options = command.options.map(({ long, short, description, required }) => {
      const flag = long ?? short ?? ''
      const choices = values.get(flag)
      const argument = choices ? `:value:(${choices.join(' ')})` : required ? ':value:_files' : ''
      return `'*${flag}[${quote(description).replaceAll(/[[\]]/g, '\\$&')}]${argument}'`
    })
    const rest = command.words.length > 0 ? `'1:name:(${command.words.join(' ')})'` : "'*:path:_files'"
    return `    ${command.name}) _arguments ${[...options, rest].join(' ')} ;;`
  })
  return `#compdef semcheck
# semcheck completion zsh > a folder of your fpath, as _semcheck
_semcheck() {
  local -a commands=(
${described.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    _files
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
    *) _files ;;
  esac
}
if [ "$funcstack[1]" = "_semcheck" ]; then _semcheck "$@"; else compdef _semcheck semcheck; fi
`
}

function fish(commands: readonly Completed[]): string {
  const names = commands.map((command) => command.name).join(' ')
  const lines = commands.flatMap((command) => {
    const seen =
      command.name === 'audit'
        ? `not __fish_seen_subcommand_from ${names.replace('audit ', '')}`
        : `__fish_seen_subcommand_from ${command.name}`
    const values = new Map(valueCases([command]))
    return [
      `complete -c semcheck -n __fish_use_subcommand -a ${command.name} -d '${quote(command.description)}'`,
      ...command.options.map(({ long, short, description, required }) => {
        const choices = values.get(long ?? '')
        const parts = [
          ...(short ? [`-s ${short.replace(/^-+/, '')}`] : []),
          ...(long ? [`-l ${long.replace(/^-+/, '')}`] : []),
          ...(choices ? [`-x -a '${choices.join(' ')}'`] : required ? ['-r'] : []),
        ]
        return `complete -c semcheck -n '${seen}' ${parts.join(' ')} -d '${quote(description)}'`
      }),
      ...(command.words.length > 0
        ? [`complete -c semcheck -f -n '__fish_seen_subcommand_from ${command.name}' -a '${command.words.join(' ')}'`]
        : []),
    ]
  })
  return `# semcheck completion fish > ~/.config/fish/completions/semcheck.fish\n${lines.join('\n')}\n`
}

/** Flags whose values are known, with those values. */
function valueCases(commands: readonly Completed[]): [string, readonly string[]][] {
  const cases = new Map<string, Set<string>>()
  for (const { options } of commands)
    for (const { long, argChoices } of options)
      if (long && argChoices) cases.set(long, new Set([...(cases.get(long) ?? []), ...argChoices]))
  return [...cases].map(([flag, values]) => [flag, [...values]])
}

function quote(text: string): string {
  return text.replaceAll("'", "'\\''")
}
