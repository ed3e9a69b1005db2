export interface Place {
  id: string;
  typeName: string;
  name: string | null;
}

/** A role that is held, and the policy line by which it covers the record. */
export interface Reason {
  denies: boolean;
  binding: string;
  role: string;
  line: string;
  path: Place[];
}

/** A policy line that would allow it, and where which roles would have to be held. */
export interface Need {
  roles: string[];
  line: string;
  at: Place | null;
}

export interface Explained {
  field: { outcome: 'ALLOWED' | 'MASKED' | 'REFUSED'; reasons: Reason[]; needs: Need[] };
  /** Why the record that has the field is open. */
  record: { reasons: Reason[] };
}

export const EXPLAINED = `
  query Explained($record: ID!, $field: String!) {
    field: explainAccess(node: $record, action: READ, field: $field) {
      outcome
      reasons { ...Reason }
      needs { roles line at { ...Place } }
    }
    record: explainAccess(node: $record, action: READ) { reasons { ...Reason } }
  }
  fragment Reason on AccessReason { denies binding role line path { ...Place } }
  fragment Place on AccessPlace { id typeName name }
`;
