// The server under test, and a user of it who may read everything.

function setting(name) {
  const value = process.env[name]
  if (!value)
    throw new Error(
      `${name} is not set; \`cargo test -p grassroots-tests --test web\` starts a server and sets it`,
    )
  return value
}

/** The server's address, without a path. */
export const ADDRESS = setting('GRASSROOTS_URL').replace(/\/$/, '')

export const ENDPOINT = `${ADDRESS}/graphql`

/** Their token. */
export const TOKEN = setting('GRASSROOTS_TOKEN')

/** `fetch` with the token. */
export function authorized(address, options = {}) {
  return fetch(address, { ...options, headers: { ...options.headers, Authorization: `Bearer ${TOKEN}` } })
}

export const MEDIA = 'application/graphql-response+json'

/** Sends an operation, and gives the status and the body of the answer. */
export async function run(operation) {
  const response = await authorized(ENDPOINT, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: MEDIA },
    body: JSON.stringify(operation),
  })
  return { status: response.status, ...(await response.json()) }
}
