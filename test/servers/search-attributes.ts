import type { SearchAttributeToRegister } from '../../src/local/temporal-server';

/** The custom search attributes that the servers of the tests know. */
export const SEARCH_ATTRIBUTES: readonly SearchAttributeToRegister[] = [];
