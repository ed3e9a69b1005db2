/** A user of the demonstration, whom a visitor may stand in for. */
export interface Persona {
  name: string;
  description: string;
  token: string;
}

/** What the server tells the page when it starts. */
export interface Settings {
  endpoint: string;
  personas: Persona[];
}

export async function loadSettings(): Promise<Settings> {
  const response = await fetch('settings.json', { headers: { accept: 'application/json' } });
  if (!response.ok) {
    throw new Error(`settings.json was answered with status ${response.status}`);
  }
  const settings: unknown = await response.json();
  if (!isSettings(settings)) {
    throw new Error('settings.json does not hold an endpoint and personas');
  }
  return settings;
}

function isSettings(value: unknown): value is Settings {
  return (
    isRecord(value) &&
    typeof value['endpoint'] === 'string' &&
    Array.isArray(value['personas']) &&
    value['personas'].every(isPersona)
  );
}

function isPersona(value: unknown): value is Persona {
  return (
    isRecord(value) &&
    typeof value['name'] === 'string' &&
    typeof value['description'] === 'string' &&
    typeof value['token'] === 'string'
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
