// Commands from a test, one JSON object a line on standard input, answered in
// order by one JSON line each on standard output:
//
//   {"do": "account", "name": "n1"}          -> {"ok": true, "result": {...}}
//   {"do": "post", "by": "nobody", ...}      -> {"ok": false, "error": "..."}
//
// When standard input ends, so does the testbed: a killed test leaves nothing.
import readline from 'node:readline'

const COMMANDS = [
  'account',
  'activate',
  'appPassword',
  'campaign',
  'deactivate',
  'deleteAccount',
  'post',
  'record',
  'remove',
  'settle',
  'takeDown',
  'token',
  'undoTakeDown',
]

export const serveCommands = async (scenario, write) => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    let answer
    try {
      const { do: name, ...args } = JSON.parse(line)
      if (!COMMANDS.includes(name)) throw new Error(`no command ${name}`)
      const result = await scenario[name](name === 'token' ? args.name : args)
      answer = { ok: true, result: result ?? null }
    } catch (e) {
      answer = { ok: false, error: String(e?.message ?? e) }
    }
    write(answer)
  }
}
