// What would cost much to read, to parse, to validate or to run is refused at once,
// and keeps nobody else waiting.

import assert from 'node:assert/strict'
import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { after, describe, test } from 'node:test'
import { setImmediate as immediate, setTimeout as sleep } from 'node:timers/promises'
import { HOSTILE } from './hostile/documents.js'
import { ADDRESS, ENDPOINT, MEDIA, TOKEN } from './server.js'

/**
 * Milliseconds from a request's last byte to its answer. The default is for an
 * optimised build of the server.
 */
const ALLOWED = Number(process.env.HOSTILE_MS ?? 50)
assert.ok(ALLOWED > 0, 'HOSTILE_MS takes a number of milliseconds')

const REPEATS = 5

const HEADERS = {
  Host: new URL(ADDRESS).host,
  Authorization: `Bearer ${TOKEN}`,
  'Content-Type': 'application/json',
  Accept: MEDIA,
}

const hostile = new Agent({ keepAlive: true, maxSockets: 1 })
const bystander = new Agent({ keepAlive: true, maxSockets: 1 })

after(() => {
  hostile.destroy()
  bystander.destroy()
})

describe(`each is answered within ${ALLOWED} ms, and so is someone else's query meanwhile`, () => {
  for (const [name, query, status, message] of HOSTILE) {
    test(name, async () => {
      const [times, others] = [[], []]
      for (let repeat = 0; repeat < REPEATS; repeat++) {
        const [answer, other] = await Promise.all([
          ask(hostile, query),
          ask(bystander, '{ viewer { name } }'),
        ])
        assert.equal(answer.status, status, answer.body.slice(0, 500))
        if (message) assert.match(JSON.parse(answer.body).errors[0].message, new RegExp(message))
        assert.equal(other.status, 200, other.body)
        times.push(answer.milliseconds)
        others.push(other.milliseconds)
      }
      const [time, waited] = [median(times), median(others)]
      assert.ok(time <= ALLOWED, `it took ${time} ms`)
      assert.ok(waited <= ALLOWED, `someone else waited for ${waited} ms`)
    })
  }
})

describe('a body that is too large is refused before it has been sent', () => {
  const part = Buffer.alloc(16_384, ' ')
  const chunk = Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')])

  test('a gigabyte', () => isRefused('Content-Length: 1000000000', Array(500).fill(part)))

  test('chunks without an end', () => isRefused('Transfer-Encoding: chunked', Array(500).fill(chunk)))

  test('100,000 aliases', () => {
    const aliases = Array.from({ length: 100_000 }, (_, place) => `a${place}:__typename`)
    const body = Buffer.from(JSON.stringify({ query: `{ ${aliases.join(' ')} }` }))
    // All that would be left of it is the last byte.
    return isRefused(`Content-Length: ${body.length}`, [body.subarray(0, -1)])
  })
})

/** Sends a body in parts, slowly, for as long as there is no answer. */
async function isRefused(framing, parts) {
  const { hostname, port } = new URL(ADDRESS)
  const socket = connect(Number(port || 80), hostname)
  let answer = ''
  socket.setEncoding('utf8').on('data', (text) => (answer += text))
  // The server ends the connection while more is on its way.
  const closed = new Promise((resolve) => socket.on('error', resolve).on('close', resolve))
  const head = Object.entries(HEADERS).map((header) => header.join(': '))
  socket.write(`POST /graphql HTTP/1.1\r\n${[...head, framing].join('\r\n')}\r\n\r\n`)
  for (const part of parts) {
    await sleep(5)
    // What has come is read before more is sent.
    await immediate()
    if (answer || socket.destroyed) break
    socket.write(part)
  }
  await Promise.race([closed, sleep(5_000, undefined, { ref: false })])
  socket.destroy()
  assert.match(answer, /^HTTP\/1\.1 413 /)
  assert.match(answer, /larger than the 262144 bytes/)
}

/** Sends a query, and takes the time from its last byte to the end of the answer. */
async function ask(agent, query) {
  const body = Buffer.from(JSON.stringify({ query }))
  const headers = { ...HEADERS, 'Content-Length': body.length }
  const sent = request(ENDPOINT, { method: 'POST', agent, headers })
  const answered = new Promise((resolve, reject) => sent.on('response', resolve).on('error', reject))
  await new Promise((resolve) => sent.write(body.subarray(0, -1), resolve))
  // What is sent is read before the last byte comes.
  await sleep(10)
  const start = performance.now()
  sent.end(body.subarray(-1))
  const response = await answered
  let text = ''
  for await (const part of response.setEncoding('utf8')) text += part
  return { status: response.statusCode, body: text, milliseconds: performance.now() - start }
}

function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)]
}
