/** A role in words: how it is called, and what it opens in its target. */
export interface Role {
  title: string;
  opens: string;
  /** What it opens besides where the target is the nation. */
  opensAtNation?: string;
}

/** The roles of the policy that a new database starts with, see `access/src/policy.csv`. */
const ROLES: Record<string, Role> = {
  member: {
    title: 'member',
    opens: 'the divisions and organizations, which every role opens, and nothing besides',
  },
  observer: {
    title: 'observer',
    opens:
      'the facilities that it administers, the public facts of those that stand in it, and an outline of the programs above it',
  },
  overseer: {
    title: 'overseer',
    opens: 'its facilities, programs and partnership projects, but no person',
  },
  steward: { title: 'data steward', opens: 'its facilities and their staff' },
  administrator: {
    title: 'administrator',
    opens:
      'its facilities and their staff, its programs with the people in them, and its partnership projects',
    opensAtNation: '; and the accounts and the policy',
  },
  analyst: {
    title: 'analyst',
    opens: 'every record in it, without what tells whose it is',
  },
  manager: { title: 'manager', opens: 'the facilities themselves and their staff' },
  host: {
    title: 'host',
    opens: 'the programs, and of each participant name, facility and stage alone',
  },
  sponsor: {
    title: 'sponsor',
    opens: 'parties, modules and activities, the sites by name, county and type, and never a person',
  },
  statistician: { title: 'statistician', opens: 'counts, and no record' },
  auditor: { title: 'auditor', opens: 'the audit trail, and no record' },
};

/** A role that the operator added to the policy has no words here. */
export function roleOf(name: string): Role {
  return ROLES[name] ?? { title: name, opens: 'what the policy grants to this role' };
}
