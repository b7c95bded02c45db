/**
 * Takes the pictures of README and docs from the running program: `npm start` in one terminal, `npm run docs:pictures`
 * in another. Needs a Chromium (CHROMIUM_PATH, or an installed one).
 */
import { mkdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ROOT, exitWith } from './processes/command.mjs';

const env = (name, fallback) => process.env[name] ?? String(fallback);
const APP = `http://127.0.0.1:${env('PORT', 3000)}`;
const PHONES = `http://127.0.0.1:${env('MESSENGER_SIM_PORT', 3001)}`;
const PAYPAL = `http://127.0.0.1:${env('PAYPAL_SIM_PORT', 3002)}`;
const TEMPORAL = `http://127.0.0.1:${env('TEMPORAL_UI_PORT', 8233)}`;
const FOLDER = join(ROOT, 'docs', 'pictures');

const INSTALLED = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'].map(
  (command) => `/usr/bin/${command}`,
);
const executablePath = process.env['CHROMIUM_PATH'] ?? INSTALLED.find(existsSync);

/** One JSON call to the controls of a simulator or to the desk. */
async function call(method, url, body, headers = {}) {
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${url} gave ${answer.status}`);
  return { body: await answer.json(), cookies: answer.headers.getSetCookie() };
}

const person = async (name) =>
  (await call('GET', `${PHONES}/_sim/people`)).body.people.find((one) => one.name.startsWith(name)).psid;
const thread = async (psid) => (await call('GET', `${PHONES}/_sim/people/${psid}/thread`)).body.messages;

/** Where the thread was before the last thing that was said or tapped: a program that was used before has older answers. */
let since = 0;

/** The first message of the page since then that fits, once there is one. */
async function hears(psid, fits) {
  for (let tries = 0; tries < 200; tries += 1) {
    const newer = (await thread(psid)).slice(since);
    const found = newer.find((message) => message.from === 'page' && fits(JSON.stringify(message)));
    if (found) return found;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('the page did not answer');
}
async function acts(psid, what, body) {
  since = (await thread(psid)).length;
  await call('POST', `${PHONES}/_sim/people/${psid}/${what}`, body);
}
const says = (psid, text) => acts(psid, 'messages', { text });
const taps = (psid, mid, title) => acts(psid, 'taps', { mid, title });

try {
  await mkdir(FOLDER, { recursive: true });
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  try {
    await tour(browser);
  } finally {
    await browser.close();
  }
} catch (error) {
  exitWith(error);
}

async function tour(browser) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 });
  const shot = async (page, name) => {
    await page.waitForTimeout(600);
    await page.screenshot({ path: join(FOLDER, `${name}.png`) });
    process.stdout.write(`  docs/pictures/${name}.png\n`);
  };
  const phones = await context.newPage();
  await phones.goto(PHONES);
  const dana = await person('Dana');

  await says(dana, 'send $20 to Lee for pizza');
  const card = await hears(dana, (words) => words.includes('Confirm'));
  await shot(phones, 'phones-card');
  await taps(dana, card.mid, 'Confirm');
  await hears(dana, (words) => words.includes('You sent'));
  await shot(phones, 'phones-sent');

  await says(dana, 'oh man, I forgot my password');
  await hears(dana, (words) => words.includes('reset your password'));
  await says(dana, 'I want to talk to a real person please');
  await hears(dana, (words) => words.includes('asked for a person'));

  const desk = await context.newPage();
  await desk.goto(`${APP}/desk`);
  await desk.getByLabel('Name').fill('Ana');
  await desk.getByRole('button', { name: 'Sign in' }).click();
  await desk.getByRole('button', { name: /^Take/ }).first().waitFor();
  await shot(desk, 'desk-waiting');
  await desk.getByRole('button', { name: /^Take/ }).first().click();
  await desk.getByRole('textbox', { name: /reply/i }).fill('Hi Dana, I am with you now. What happened?');
  await desk.getByRole('button', { name: /^Send/ }).click();
  await hears(dana, (words) => words.includes('I am with you now'));
  await shot(desk, 'desk-thread');
  await shot(phones, 'phones-rep');

  const operators = await context.newPage();
  await operators.goto(`${TEMPORAL}/namespaces/default/workflows`);
  await operators
    .getByText(/payment\//)
    .first()
    .waitFor();
  await shot(operators, 'temporal-list');
  await operators
    .getByText(/payment\//)
    .first()
    .click();
  await operators.waitForTimeout(2500);
  await shot(operators, 'temporal-payment');

  const paypal = await context.newPage();
  await paypal.goto(PAYPAL);
  await shot(paypal, 'paypal');
}
