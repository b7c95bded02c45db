import type { Response } from 'express';
import type { Role } from '../../../src/api/contract/vocabulary';
import type { Route, Who } from '../../../src/api/routes';
import { callerOf, ownOrigins } from '../../../src/api/routes';
import { somebodyWaits, startDesk } from './desk-world';
import type { DeskWorld } from './desk-world';
import { Rep, call } from './rep';
import type { Answer } from './rep';

const ROLES = ['rep', 'supervisor', 'operator', 'auditor'] as const satisfies readonly Role[];

let desk: DeskWorld;
let reps: Record<Role, Rep>;
let conversation: string;

beforeAll(async () => {
  desk = await startDesk();
  conversation = (await somebodyWaits(desk, 'Dana Reyes')).id;
  const signedIn = await Promise.all(ROLES.map((role) => Rep.signIn(desk.origin, `The ${role}`, role)));
  reps = Object.fromEntries(signedIn.map((rep, index) => [ROLES[index], rep])) as Record<Role, Rep>;
});
afterAll(() => desk.close());

/** Routes of the table that a request can be made to end on; the event stream never ends. */
function finite(): readonly Route[] {
  return desk.table.routes.filter(({ path }) => path !== '/api/desk/events');
}

/** Sign-out would end the session that the next request needs. */
function harmless(): readonly Route[] {
  return finite().filter(({ path }) => path !== '/api/desk/sign-out');
}

function address({ path }: Route): string {
  const id = path.includes('/reps/') ? reps.rep.id : encodeURIComponent(conversation);
  return desk.origin + path.replace(':id', id).replace(':file', 'nothing.js');
}

function request(route: Route, headers: Record<string, string>): Promise<Answer> {
  const body = route.method === 'get' ? undefined : {};
  return call(route.method.toUpperCase(), address(route), { body, headers });
}

test('everybody gets in exactly where the table says so', async () => {
  expect(harmless().length).toBeGreaterThan(15);
  for (const route of harmless()) {
    for (const role of ROLES) {
      const { status } = await request(route, reps[role].headers);
      const stopped = status === 401 || status === 403;
      expect({ ...route, role, stopped }).toEqual({ ...route, role, stopped: !mayCall(route.who, role) });
    }
  }
});

function mayCall(who: Who, role: Role): boolean {
  return typeof who === 'string' || who.includes(role);
}

test('without a session nothing but what is public can be called', async () => {
  for (const route of finite()) {
    const { status } = await request(route, { origin: desk.origin });
    expect({ ...route, refused: status === 401 }).toEqual({ ...route, refused: route.who !== 'public' });
  }
});

test('auditors only read, and operators too except about money', () => {
  for (const { method, path, who } of desk.table.routes) {
    if (method === 'get' || typeof who === 'string' || path === '/api/desk/sign-out') continue;
    const allowed = path.startsWith('/api/desk/money/') ? ['operator'] : ['rep', 'supervisor'];
    expect({ path, who }).toEqual({ path, who: allowed });
  }
});

test('a write from another origin, or from none, is refused though the session is good', async () => {
  const { cookie } = reps.rep.headers;
  for (const route of harmless().filter(({ method }) => method !== 'get')) {
    for (const headers of [{ cookie }, { cookie, origin: 'https://elsewhere.example' }, { cookie, origin: 'null' }]) {
      const answer = await request(route, headers as Record<string, string>);
      expect({ ...route, ...headers, status: answer.status }).toEqual({ ...route, ...headers, status: 403 });
    }
  }
});

test('both names of this machine are our own origin, on our own port only', () => {
  expect([...ownOrigins('http://127.0.0.1:3000')]).toEqual(['http://127.0.0.1:3000', 'http://localhost:3000']);
  expect([...ownOrigins('https://pay.example')]).toEqual(['https://pay.example']);
});

test('what was not declared is not there, whoever asks and however', async () => {
  const { headers } = reps.supervisor;
  for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']) {
    for (const path of [
      '/api/desk',
      '/api/desk/secrets',
      '/api/desk/me/password',
      '/desk/../package.json',
      '/desk/x',
    ]) {
      const answer = await call(method, desk.origin + path, { headers });
      expect({ method, path, status: answer.status }).toEqual({ method, path, status: 404 });
      expect(answer.type).toContain('application/problem+json');
    }
  }
});

test('a route that asks for no role never learns of a caller', () => {
  expect(() => callerOf({} as Response)).toThrow('without roles');
});

test('signing in by name is for this machine alone: a proxy or a foreign host finds nothing', async () => {
  const body = { name: 'Mallory', role: 'supervisor' };
  const url = `${desk.origin}/api/desk/dev-login`;
  const own = { origin: desk.origin };
  const foreign: Record<string, string>[] = [
    { ...own, 'x-forwarded-for': '10.0.0.1' },
    { ...own, 'x-forwarded-proto': 'https' },
    { ...own, forwarded: 'for=10.0.0.1' },
    { ...own, host: 'desk.example' },
    { ...own, host: `desk.example:${new URL(desk.origin).port}` },
  ];
  for (const headers of foreign) expect(await call('POST', url, { body, headers })).toMatchObject({ status: 404 });
  const localhost = desk.origin.replace('127.0.0.1', 'localhost');
  const headers = { origin: localhost, host: new URL(localhost).host };
  expect(await call('POST', url, { body: { name: 'Ana', role: 'rep' }, headers })).toMatchObject({ status: 200 });
});

test('signing in by name is not there unless everything is simulated', async () => {
  const real = await startDesk({ devLogin: false });
  const headers = { origin: real.origin };
  const body = { name: 'Ana', role: 'rep' };
  expect(await call('POST', `${real.origin}/api/desk/dev-login`, { body, headers })).toMatchObject({ status: 404 });
  await real.close();
});

test('the cookie cannot be read by scripts nor sent by other sites, and its token is in no table', async () => {
  const headers = { origin: desk.origin };
  const body = { name: 'Cleo', role: 'rep' };
  const answer = await call('POST', `${desk.origin}/api/desk/dev-login`, { body, headers });
  const [cookie = ''] = [answer.headers['set-cookie'] ?? []].flat();
  expect(cookie).toMatch(/^desk_session=[\w-]{43};/);
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Strict/);
  expect(cookie).toMatch(/Max-Age=43200/);
});

test('a session ends by signing out, and by itself after twelve hours', async () => {
  const ana = await Rep.signIn(desk.origin, 'Ana');
  expect(await ana.post('/sign-out', {})).toMatchObject({ status: 204 });
  expect(await ana.get('/me')).toMatchObject({ status: 401, body: { code: 'not_signed_in' } });
  const bo = await Rep.signIn(desk.origin, 'Bo');
  desk.clock.now = new Date(Date.now() + 12 * 3_600_000 + 1_000);
  expect(await bo.get('/me')).toMatchObject({ status: 401 });
  desk.clock.now = new Date();
});

test('names and roles are checked, each with the field that is wrong', async () => {
  const headers = { origin: desk.origin };
  const wrong: [unknown, string][] = [
    [{ name: '', role: 'rep' }, 'name'],
    [{ name: 'A\u0000b', role: 'rep' }, 'name'],
    [{ name: 'x'.repeat(51), role: 'rep' }, 'name'],
    [{ name: 'Ana', role: 'root' }, 'role'],
  ];
  for (const [body, field] of wrong) {
    const answer = await call('POST', `${desk.origin}/api/desk/dev-login`, { body, headers });
    expect(answer).toMatchObject({ status: 400, body: { code: 'wrong_input', fields: [{ field }] } });
  }
});

test('a rep who floods is slowed down, and only that rep', async () => {
  const [ana, bo] = [await Rep.signIn(desk.origin, 'Ana'), await Rep.signIn(desk.origin, 'Bo')];
  const statuses: number[] = [];
  for (let count = 0; count < 61; count += 1)
    statuses.push((await ana.act(conversation, 'reply', { text: 'hi' })).status);
  expect(statuses.at(-1)).toBe(429);
  expect(statuses.slice(0, 60)).not.toContain(429);
  expect((await bo.act(conversation, 'reply', { text: 'hi' })).status).toBe(409);
});
