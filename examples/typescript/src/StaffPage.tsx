import { type SubmitEvent, useState } from 'react'
import { graphql } from './graphql'
import type { StaffPageQuery } from './graphql/graphql'
import { Problem } from './Problem'
import { StaffRow } from './StaffRow'
import { type Answer, Refused, run } from './transport'

const STAFF_PAGE = graphql(`
  query StaffPage($first: Int!, $after: String) {
    staff(first: $first, after: $after) {
      nodes {
        id
        ...StaffRow
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

type View =
  | { state: 'empty' }
  | { state: 'loading' }
  | { state: 'failed'; problem: unknown }
  | { state: 'loaded'; answer: Answer<StaffPageQuery> }

export function StaffPage() {
  // In memory alone: what a page stores, any script of its origin reads.
  const [token, setToken] = useState('')
  const [view, setView] = useState<View>({ state: 'empty' })

  async function load(after: string | null) {
    setView({ state: 'loading' })
    try {
      const answer = await run(STAFF_PAGE, { first: 20, after }, token.trim())
      setView({ state: 'loaded', answer })
    } catch (problem) {
      setView({ state: 'failed', problem })
    }
  }

  function open(event: SubmitEvent) {
    event.preventDefault()
    void load(null)
  }

  return (
    <main>
      <h1>Staff</h1>
      <form onSubmit={open}>
        <label>
          Token{' '}
          <input
            required
            type="password"
            autoComplete="off"
            value={token}
            onChange={(event) => setToken(event.target.value)}
          />
        </label>
        <button disabled={view.state === 'loading'}>First page</button>
      </form>
      {view.state === 'loading' && <p role="status">Loading …</p>}
      {view.state === 'failed' && <Problem problem={view.problem} />}
      {view.state === 'loaded' && <Page answer={view.answer} onNext={(after) => void load(after)} />}
    </main>
  )
}

interface PageProps {
  answer: Answer<StaffPageQuery>
  onNext: (after: string) => void
}

function Page({ answer: { data, errors }, onNext }: PageProps) {
  if (!data.staff) return <Problem problem={new Refused(errors)} />
  const { nodes, pageInfo } = data.staff
  const { hasNextPage, endCursor } = pageInfo

  // The path of a row's error: staff, nodes, the row's index, the field, …
  const refused = (row: number) =>
    new Set(
      errors
        .filter(({ path, extensions }) => extensions?.code === 'FORBIDDEN' && path?.[2] === row)
        .map(({ path }) => path?.[3]),
    )

  return (
    <>
      <table>
        <thead>
          <tr>
            <th>Name</th>
            <th>Title</th>
            <th>Key post</th>
            <th>Facility</th>
            <th>Division</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((member, row) => (
            <StaffRow key={member.id} member={member} refused={refused(row)} />
          ))}
        </tbody>
      </table>
      {nodes.length === 0 && <p role="status">There is nobody in this list.</p>}
      {hasNextPage && endCursor && <button onClick={() => onNext(endCursor)}>Next page</button>}
    </>
  )
}
