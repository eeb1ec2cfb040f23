import { connect } from 'node:net'

/** The ids of the brokers that one broker tells of (Metadata, version 1); its listener must be without security. */
export function brokerIds(port: number, timeoutMs = 2000): Promise<readonly number[]> {
  // length; api 3, version 1, correlation 0, no client id; no topics
  const request = Buffer.from(['0000000e', '0003', '0001', '00000000', 'ffff', '00000000'].join(''), 'hex')
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    let answer = Buffer.alloc(0)
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`no answer from port ${port}`)))
    socket.once('error', reject)
    socket.once('close', () => reject(new Error(`port ${port} closed the connection`)))
    socket.on('data', (data) => {
      answer = Buffer.concat([answer, data])
      if (answer.length < 4 || answer.length < 4 + answer.readInt32BE(0)) return
      resolve(idsIn(answer))
      socket.destroy()
    })
  })
}

function idsIn(answer: Buffer): readonly number[] {
  const ids: number[] = []
  let at = 12
  for (let left = answer.readInt32BE(8); left > 0; left--) {
    ids.push(answer.readInt32BE(at))
    at += 4
    at += 2 + answer.readInt16BE(at) // host
    at += 4 // port
    at += 2 + Math.max(answer.readInt16BE(at), 0) // rack
  }
  return ids.sort((a, b) => a - b)
}
