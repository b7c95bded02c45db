import type { Role } from '../../contract/vocabulary';

/** Everybody with a session may look. */
export const READS = ['rep', 'supervisor', 'operator', 'auditor'] as const satisfies readonly Role[];

/** Those who talk with customers. */
export const ACTS = ['rep', 'supervisor'] as const satisfies readonly Role[];

/** Those who see what is open about money. */
export const SEES_MONEY = ['supervisor', 'operator', 'auditor'] as const satisfies readonly Role[];

/** Those who stop payments and settle what no program can. */
export const OPERATES = ['operator'] as const satisfies readonly Role[];
