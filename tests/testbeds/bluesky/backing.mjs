// A throw-away PostgreSQL on 127.0.0.1, from the Debian package postgresql,
// under one temporary folder.
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'

export const freePort = () =>
  new Promise((resolve, reject) => {
    const s = net.createServer()
    s.once('error', reject)
    s.listen({ port: 0, host: '127.0.0.1' }, () => {
      const { port } = s.address()
      s.close(() => resolve(port))
    })
  })

const waitForPort = async (port, child, name, ms = 20000) => {
  const end = Date.now() + ms
  while (Date.now() < end) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`)
    const up = await new Promise((resolve) => {
      const c = net.connect({ port, host: '127.0.0.1' })
      c.once('connect', () => (c.destroy(), resolve(true)))
      c.once('error', () => resolve(false))
    })
    if (up) return
    await new Promise((r) => setTimeout(r, 50))
  }
  throw new Error(`${name} did not open port ${port}`)
}

const pgBin = () => {
  const base = '/usr/lib/postgresql'
  const versions = fs.existsSync(base) ? fs.readdirSync(base).sort((a, b) => b - a) : []
  for (const v of versions) {
    const bin = path.join(base, v, 'bin')
    if (fs.existsSync(path.join(bin, 'initdb'))) return bin
  }
  throw new Error('PostgreSQL is not installed (Debian package: postgresql)')
}

// PostgreSQL refuses to run as root: then it runs as the 'postgres' account.
const pgAccount = () => {
  if (process.getuid() !== 0) return {}
  const id = (flag) => Number(spawnSync('id', [flag, 'postgres']).stdout.toString().trim())
  return { uid: id('-u'), gid: id('-g') }
}

const stopChild = (child, signal, ms) =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    const t = setTimeout(() => child.kill('SIGKILL'), ms)
    child.once('exit', () => (clearTimeout(t), resolve()))
    child.kill(signal)
  })

export const startBacking = async () => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'testbed-'))
  fs.chmodSync(dir, 0o755)
  const children = []
  const stop = async () => {
    for (const [child, signal] of children.reverse()) await stopChild(child, signal, 5000)
    fs.rmSync(dir, { recursive: true, force: true })
  }
  try {
    const bin = pgBin()
    const account = pgAccount()
    const data = path.join(dir, 'pg')
    fs.mkdirSync(data, { mode: 0o700 })
    if (account.uid !== undefined) fs.chownSync(data, account.uid, account.gid)
    const init = spawnSync(
      path.join(bin, 'initdb'),
      ['-D', data, '-U', 'testbed', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-N'],
      { ...account, cwd: data, env: { PATH: process.env.PATH } },
    )
    if (init.status !== 0) throw new Error(`initdb: ${init.stderr}`)
    const pgPort = await freePort()
    const log = fs.openSync(path.join(dir, 'pg.log'), 'a')
    const pg = spawn(
      path.join(bin, 'postgres'),
      [
        '-D', data, '-p', String(pgPort),
        '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=',
        '-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off',
        '-c', 'max_connections=200',
      ],
      { ...account, cwd: data, stdio: ['ignore', log, log], env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' } },
    )
    children.push([pg, 'SIGINT'])
    await waitForPort(pgPort, pg, 'postgres')
    return { dir, pgPort, pgUrl: `postgres://testbed@127.0.0.1:${pgPort}/postgres`, stop }
  } catch (e) {
    await stop()
    throw e
  }
}
