import { type FragmentType, getFragmentData, graphql } from './graphql'

const STAFF_ROW = graphql(`
  fragment StaffRow on StaffMember {
    name
    title
    keyPost
    facility {
      name
    }
    administeredBy {
      name
    }
  }
`)

interface Props {
  member: FragmentType<typeof STAFF_ROW>
  /** Fields that the caller may not read; they are null. */
  refused: Set<string | number | undefined>
}

export function StaffRow({ member, refused }: Props) {
  const { name, title, keyPost, facility, administeredBy } = getFragmentData(STAFF_ROW, member)
  const cells = {
    name,
    title,
    keyPost,
    facility: facility?.name,
    administeredBy: administeredBy?.name,
  }
  return (
    <tr>
      {Object.entries(cells).map(([field, value]) => (
        <td key={field}>{refused.has(field) ? <em>not yours to read</em> : (value ?? '—')}</td>
      ))}
    </tr>
  )
}
