// Starts a whole AT Protocol network on 127.0.0.1, seeds a scenario in which
// several accounts reply to, mention and quote one target, prints one JSON
// line on stdout when it is ready, and stops cleanly on SIGTERM or SIGINT.
//
//   node start.mjs [--no-seed] [--control] [--port-base N]
import './loopback.mjs'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { startBacking } from './backing.mjs'
import { serveCommands } from './control.mjs'
import { Scenario } from './scenario.mjs'

const flag = (name) => process.argv.includes(`--${name}`)
const option = (name, other) => {
  const i = process.argv.indexOf(`--${name}`)
  return i > 0 ? process.argv[i + 1] : other
}

process.env.LOG_ENABLED ??= 'false'
const began = Date.now()
const base = Number(option('port-base', 0))
const port = (n) => (base ? { port: base + n } : {})
const write = (message) => process.stdout.write(JSON.stringify(message) + '\n')

// stdout carries the ready line and answers to commands only.
for (const name of ['log', 'info', 'debug']) console[name] = (...args) => console.error(...args)

// The PDS keeps its SQLite files and blobs in random folders under the
// temporary folder and never removes them: give it one of our own.
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'testbed-'))
fs.chmodSync(scratch, 0o755)
process.env.TMPDIR = scratch

let network
let backing
let stopping = false
const stop = async (code) => {
  if (stopping) return
  stopping = true
  const hard = setTimeout(() => process.exit(code || 1), 20000)
  try {
    await network?.close()
  } catch (e) {
    console.error('close:', e?.message ?? e)
  }
  try {
    await backing?.stop()
  } catch (e) {
    console.error('stop:', e?.message ?? e)
  }
  clearTimeout(hard)
  fs.rmSync(scratch, { recursive: true, force: true })
  process.exit(code)
}
process.on('SIGTERM', () => stop(0))
process.on('SIGINT', () => stop(0))
process.on('unhandledRejection', (e) => {
  if (!stopping) console.error('unhandled:', e)
})

try {
  const devEnv = await import('@atproto/dev-env')
  backing = await startBacking()
  process.env.REDIS_HOST = '127.0.0.1:1' // asserted by dev-env, never dialled
  network = await devEnv.TestNetwork.create({
    dbPostgresUrl: backing.pgUrl,
    dbPostgresSchema: 'testbed',
    plc: port(0),
    pds: { ...port(1), hostname: 'localhost', enableDidDocWithSession: true },
    bsky: port(2),
    ozone: port(3),
  })
  const scenario = new Scenario(network)
  if (!flag('no-seed')) await scenario.seed()
  write({
    ready: true,
    seconds: (Date.now() - began) / 1000,
    pid: process.pid,
    node: process.version,
    plc: network.plc.url,
    pds: network.pds.url,
    appview: network.bsky.url,
    appviewDid: network.bsky.serverDid,
    ozone: network.ozone.url,
    ozoneDid: network.ozone.ctx.cfg.service.did,
    adminPassword: 'admin-pass',
    accounts: scenario.accounts,
    posts: scenario.posts,
  })
  if (flag('control')) {
    await serveCommands(scenario, write)
    await stop(0)
  }
} catch (e) {
  console.error(e)
  await stop(1)
}
