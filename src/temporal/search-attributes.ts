import type { Client } from '@temporalio/client';
import { SearchAttributeType } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { SEARCH_ATTRIBUTES } from '../../workflows/messages/search-attributes';

const { IndexedValueType } = temporal.api.enums.v1;

/** How the server and the dev server's `--search-attribute NAME=TYPE` name the types. */
const TYPES = {
  [SearchAttributeType.TEXT]: { flag: 'Text', indexed: IndexedValueType.INDEXED_VALUE_TYPE_TEXT },
  [SearchAttributeType.KEYWORD]: { flag: 'Keyword', indexed: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD },
  [SearchAttributeType.INT]: { flag: 'Int', indexed: IndexedValueType.INDEXED_VALUE_TYPE_INT },
  [SearchAttributeType.DOUBLE]: { flag: 'Double', indexed: IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE },
  [SearchAttributeType.BOOL]: { flag: 'Bool', indexed: IndexedValueType.INDEXED_VALUE_TYPE_BOOL },
  [SearchAttributeType.DATETIME]: { flag: 'Datetime', indexed: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME },
  [SearchAttributeType.KEYWORD_LIST]: {
    flag: 'KeywordList',
    indexed: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
  },
} as const;

/** The custom search attributes as a dev server takes them at its start. */
export const SEARCH_ATTRIBUTE_FLAGS = Object.values(SEARCH_ATTRIBUTES).map(({ name, type }) => ({
  name,
  type: TYPES[type].flag,
}));

/** Makes the custom search attributes known to a namespace, where they are not yet. Safe to repeat. */
export async function registerSearchAttributes({ connection }: Pick<Client, 'connection'>, namespace: string) {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.values(SEARCH_ATTRIBUTES).filter(({ name }) => !(name in customAttributes));
  if (missing.length === 0) return;
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map(({ name, type }) => [name, TYPES[type].indexed])),
  });
}
