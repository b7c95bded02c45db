import { writeFile } from 'node:fs/promises';
import { makeCertificates } from '../../src/simulators/paypal/webhooks/certificates';
import { migrateToLatest } from '../../src/store/migrate';
import { certificatesFile } from '../world/servers/certificates';
import { MIGRATED, createDatabase } from '../world/servers/database';

/** Makes once what every world would have to make for itself: the newest schema, and what events are signed with. */
export async function prepareForWorlds(databaseServer: string, runFolder: string): Promise<void> {
  await migrateToLatest(await createDatabase(databaseServer, MIGRATED));
  const certificates = JSON.stringify(await makeCertificates(Date.now()));
  await writeFile(certificatesFile(runFolder), certificates, { mode: 0o600 });
}
