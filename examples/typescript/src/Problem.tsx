import { Refused } from './transport'

/** What kept a page from loading, in the server's own words where it has said any. */
export function Problem({ problem }: { problem: unknown }) {
  const errors = problem instanceof Refused ? problem.errors : [{ message: String(problem) }]
  return (
    <ul role="alert">
      {errors.map(({ message, extensions }, place) => (
        <li key={place}>
          {message} {extensions?.code && <code>{extensions.code}</code>}
        </li>
      ))}
    </ul>
  )
}
