import { expect, it } from 'vitest'
import { interestOf } from '../../../../src/input/discover/filter.ts'
import type { InputFile } from '../../../../src/input/files.ts'
import { readJava } from '../../../../src/input/source/java/read.ts'
import type { Node } from '../../../../src/model/handler.ts'

/** The steps of the one listener of a file, in order. */
function stepsOf(imports: string, parameter: string, body: string): readonly string[] {
  const text = `import org.springframework.kafka.annotation.KafkaListener;
${imports}

class Orders {
    @KafkaListener(topics = "orders", groupId = "g")
    void listen(String order, ${parameter}) {
        ${body}
    }
}
`
  const path = 'Orders.java'
  const interest = interestOf('java', path, Buffer.from(text))
  if (!interest) throw new Error('the file is not read')
  const file: InputFile = { path, kind: 'java', text, interest }
  const declarations = readJava({
    files: [file],
    open: (wanted) => (wanted === path ? file : undefined),
    exists: (wanted) => wanted === path,
    isFolder: (wanted) => wanted === '',
  })
  expect(declarations.handlers.length).toBe(1)
  return (declarations.handlers[0]?.body ?? []).flatMap(tell)
}

function tell(node: Node): readonly string[] {
  if (node.kind === 'call') return node.body.flatMap(tell)
  if (node.kind === 'commit') return [`commit ${node.mode} ${node.what}`]
  return [node.kind]
}

it.each([
  ['its own import', 'import org.springframework.kafka.support.Acknowledgment;'],
  ['an import of the package', 'import org.springframework.kafka.support.*;'],
])("reads Spring's acknowledge as a commit that nobody waits for, through %s", (_name, imports) => {
  expect(stepsOf(imports, 'Acknowledgment ack', 'ack.acknowledge();')).toContain('commit async message')
})

it('takes nothing else that is acknowledged for a commit', () => {
  expect(stepsOf('import com.example.alarms.Alarm;', 'Alarm alarm', 'alarm.acknowledge();')).not.toContain('commit async message')
})
