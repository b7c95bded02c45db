import express from 'express';
import type { Router } from 'express';
import type { Platform } from '../platform';

/** Backgrounds on which white letters are readable. */
const BACKGROUNDS = ['#1f5f8b', '#8a3b6b', '#2f6b3a', '#7a4a12', '#5a3f99', '#8c2f39'];

/** Profile pictures: initials on a colour of the person's own. */
export function pictures({ people }: Platform): Router {
  const routes = express.Router();
  routes.get('/pictures/:file', (req, res) => {
    const person = people.get(req.params.file.replace(/\.svg$/, ''));
    if (person === undefined) return void res.status(404).type('text/plain').send('Not found');
    res.type('image/svg+xml').send(pictureOf(person.name));
  });
  return routes;
}

function pictureOf(name: string): string {
  const initials = name
    .split(/\s+/)
    .map((word) => Array.from(word)[0] ?? '')
    .filter((letter) => /\p{L}/u.test(letter))
    .slice(0, 2)
    .join('')
    .toUpperCase();
  const background =
    BACKGROUNDS[Array.from(name).reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % BACKGROUNDS.length];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80"><rect width="80" height="80" fill="${background}"/>` +
    `<text x="40" y="50" font-family="sans-serif" font-size="30" fill="#fff" text-anchor="middle">${initials}</text></svg>`
  );
}
