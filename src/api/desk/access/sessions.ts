import { createHash, randomBytes } from 'node:crypto';
import type { CookieOptions, Request, Response } from 'express';
import type { Rep, Store } from '../../../store';

/** A working day with a late train home. */
const SESSION_MS = 12 * 60 * 60 * 1_000;

const COOKIE = 'desk_session';

/** 256 random bits: nobody guesses a session. */
const TOKEN_BYTES = 32;

/**
 * Sessions of reps. The browser holds a random token, the store only its hash, so that whoever reads the database can
 * enter as nobody.
 */
export class Sessions {
  private readonly cookie: CookieOptions;

  constructor(
    private readonly store: Store,
    origin: string,
    private readonly now: () => Date,
  ) {
    this.cookie = { httpOnly: true, sameSite: 'strict', path: '/', secure: origin.startsWith('https:') };
  }

  /** Opens a session for the rep in the browser that asked. */
  async open(response: Response, rep: Rep): Promise<void> {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const expiresAt = new Date(this.now().getTime() + SESSION_MS);
    await this.store.sessions.open({ repId: rep.repId, tokenHash: hashOf(token), expiresAt });
    response.cookie(COOKIE, token, { ...this.cookie, maxAge: SESSION_MS });
  }

  /** Ends the session that the request carries, here and in the browser. */
  async end(request: Request, response: Response): Promise<void> {
    const tokenHash = this.tokenHash(request);
    if (tokenHash) await this.store.sessions.end(tokenHash);
    response.clearCookie(COOKIE, this.cookie);
  }

  /** Whose session the request carries. Undefined without one, or when it has ended. */
  async repOf(request: Request): Promise<Rep | undefined> {
    const tokenHash = this.tokenHash(request);
    return tokenHash && this.store.sessions.find(tokenHash, this.now());
  }

  /** Whether the session goes on; asked again and again while a stream is open. */
  async goesOn(tokenHash: Buffer): Promise<boolean> {
    return (await this.store.sessions.find(tokenHash, this.now())) !== undefined;
  }

  /** What the store knows the request's session by. */
  tokenHash(request: Request): Buffer | undefined {
    for (const pair of (request.headers.cookie ?? '').split(';')) {
      const [name, value] = pair.trim().split('=', 2);
      if (name === COOKIE && value) return hashOf(value);
    }
    return undefined;
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
