export interface Division {
  id: string;
  code: string | null;
  name: string | null;
  level: string | null;
  kind: string | null;
  villageCount: number | null;
  children: { totalCount: number | null } | null;
}

export interface Ancestor {
  id: string;
  name: string | null;
  level: string | null;
  parent?: Ancestor | null;
}

export interface Binding {
  id: string;
  role: string | null;
  validFrom: string | null;
  validUntil: string | null;
  division: (Division & { parent: Ancestor | null }) | null;
  facility: { name: string | null; administeredBy: { name: string | null } | null } | null;
  program: { name: string | null } | null;
  partnership: { name: string | null } | null;
}

export interface Viewed {
  viewer: {
    name: string;
    issuer: string;
    subject: string;
    bindings: { totalCount: number; nodes: Binding[] } | null;
  };
}

const DIVISION = `
  fragment Division on Division {
    id code name level kind villageCount
    children(first: 0) { totalCount }
  }
`;

/** From a township up there are four divisions at most. */
export const VIEWER = `
  query Viewer {
    viewer {
      name issuer subject
      bindings(first: 100) {
        totalCount
        nodes {
          id role validFrom validUntil
          division {
            ...Division
            parent { ...Up parent { ...Up parent { ...Up parent { ...Up } } } }
          }
          facility { name administeredBy { name } }
          program { name }
          partnership { name }
        }
      }
    }
  }
  fragment Up on Division { id name level }
  ${DIVISION}
`;

export interface Below {
  node: {
    children: {
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
      nodes: Division[];
    } | null;
  } | null;
}

export const BELOW = `
  query Below($id: ID!, $after: String) {
    node(id: $id) {
      ... on Division {
        children(first: 50, after: $after) {
          pageInfo { hasNextPage endCursor }
          nodes { ...Division }
        }
      }
    }
  }
  ${DIVISION}
`;

export type Extent = 'EVERY_RECORD' | 'SOME_RECORDS' | 'NO_RECORD';

export interface ReadableType {
  name: string;
  extent: Extent;
  fields: { name: string; extent: Extent; masked: Extent }[];
}

export interface Readable {
  viewer: { readable: ReadableType[] };
}

export const READABLE = `
  query Readable {
    viewer { readable { name extent fields { name extent masked } } }
  }
`;
