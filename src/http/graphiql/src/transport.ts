export interface Operation {
  query: string;
  variables?: Record<string, unknown> | undefined;
  operationName?: string | null | undefined;
}

/** The body of an answer, whatever its status. */
export interface Answer<Data = unknown> {
  data?: Data | null;
  errors?: Problem[];
}

/** What went wrong, and with which field of the answer. */
export interface Problem {
  message: string;
  path?: Path;
  extensions?: { code?: string };
}

/** From the top of an answer down: names of fields, and places in lists. */
export type Path = readonly (string | number)[];

/**
 * Sends an operation and gives the body of the answer. The server tells of every
 * refusal in a JSON body, so the status is none of the reader's business.
 */
export async function send<Data>(
  endpoint: string,
  operation: Operation,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Answer<Data>> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      ...headers,
      accept: 'application/graphql-response+json, application/json;q=0.9',
      'content-type': 'application/json',
    },
    body: JSON.stringify(operation),
    credentials: 'omit',
    signal,
  });
  const body = await response.text();
  try {
    return JSON.parse(body) as Answer<Data>;
  } catch {
    throw new Error(
      `The answer, with status ${response.status}, is no JSON: ${body.slice(0, 200) || 'it is empty'}`,
    );
  }
}

/** What a failure says, for people. */
export function whyOf(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}
