import type { SearchAttributeToRegister } from '../../src/local/temporal-server';
import { SEARCH_ATTRIBUTE_FLAGS } from '../../src/temporal/search-attributes';

/** The custom search attributes that the servers of the tests know. */
export const SEARCH_ATTRIBUTES: readonly SearchAttributeToRegister[] = SEARCH_ATTRIBUTE_FLAGS;
