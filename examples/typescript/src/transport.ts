import type { TypedDocumentString } from './graphql/graphql'

export interface ServerError {
  message: string
  path?: (string | number)[]
  extensions?: { code?: string }
}

/** Data, and for each field that is null for a reason an error with its path. */
export interface Answer<Data> {
  data: Data
  errors: ServerError[]
}

/** The server did not run the operation. */
export class Refused extends Error {
  readonly errors: ServerError[]

  constructor(errors: ServerError[]) {
    super(errors.map((error) => error.message).join('; '))
    this.errors = errors
  }
}

const MEDIA = 'application/graphql-response+json'
const TRUSTED = import.meta.env['VITE_TRUSTED_DOCUMENTS'] === 'true'

export async function run<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  token: string,
): Promise<Answer<Data>> {
  const source = TRUSTED ? { documentId: document.__meta__?.['hash'] } : { query: document.toString() }
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { Accept: MEDIA, 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ ...source, variables }),
  })
  // Anything else comes from a gateway on the way.
  if (!response.headers.get('Content-Type')?.startsWith(MEDIA)) {
    throw new Error(`the server can't be asked: ${response.status} ${response.statusText}`)
  }
  const { data, errors = [] }: { data?: Data; errors?: ServerError[] } = await response.json()
  // 200 has data, 294 has errors beside the data, and all else has errors alone.
  if (!response.ok || data === undefined) throw new Refused(errors)
  return { data, errors }
}
