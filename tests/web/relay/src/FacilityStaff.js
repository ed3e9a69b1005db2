// What a page with Relay asks of the API: pages of lists that can be continued and
// fetched again, of a record that is found by its id and of the query itself. It is
// compiled by relay.test.js and never run.

import { graphql } from 'relay-runtime'

/** The next page is fetched through `node(id:)`. */
export const ofFacility = graphql`
  fragment FacilityStaff_facility on Facility
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" })
  @refetchable(queryName: "FacilityStaffNextPageQuery") {
    name
    staff(first: $count, after: $cursor, filter: { keyPost: { eq: NURSING } })
      @connection(key: "FacilityStaff_facility_staff", filters: ["filter"]) {
      totalCount
      edges {
        node {
          name
          title
        }
      }
    }
  }
`

/** The pages before are fetched through the query. */
export const ofEverywhere = graphql`
  fragment FacilityStaff_query on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" })
  @refetchable(queryName: "FacilityStaffPreviousPageQuery") {
    staff(last: $count, before: $cursor, orderBy: NAME_ASC) @connection(key: "FacilityStaff_query_staff") {
      edges {
        node {
          name
          administeredBy {
            name
          }
        }
      }
    }
  }
`

export const page = graphql`
  query FacilityStaffPageQuery($facility: ID!) {
    node(id: $facility) {
      __typename
      ...FacilityStaff_facility @alias
    }
    ...FacilityStaff_query
  }
`
