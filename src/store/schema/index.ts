import type { DB as ConversationTables } from './conversations';
import type { DB as MoneyTables } from './money';
import type { DB as PeopleTables } from './people';

/** All tables. The three files beside this one are generated: `npm run db:types`. */
export interface DB extends PeopleTables, MoneyTables, ConversationTables {}
