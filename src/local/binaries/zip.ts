import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const END_OF_DIRECTORY_BYTES = 22;
const DIRECTORY_ENTRY = 0x02014b50;
const DIRECTORY_ENTRY_BYTES = 46;
const LOCAL_HEADER_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;

/**
 * Reads one file out of a zip archive: as much of the format (PKWARE APPNOTE 6.3) as a Python wheel uses. No ZIP64, no
 * encryption, stored or deflated.
 *
 * @throws Error when the archive cannot be read or holds no such file.
 */
export function readZipEntry(archive: Buffer, isWanted: (name: string) => boolean): Buffer {
  const end = endOfDirectory(archive);
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error('the zip archive has a damaged directory');
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + DIRECTORY_ENTRY_BYTES, at + DIRECTORY_ENTRY_BYTES + nameLength);
    if (isWanted(name)) return contentOf(archive, at);
    at += DIRECTORY_ENTRY_BYTES + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  throw new Error('the zip archive does not hold the file that was asked for');
}

function endOfDirectory(archive: Buffer): number {
  for (let at = archive.length - END_OF_DIRECTORY_BYTES; at >= 0; at -= 1) {
    if (archive.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  throw new Error('the file is not a zip archive');
}

function contentOf(archive: Buffer, directoryEntry: number): Buffer {
  const method = archive.readUInt16LE(directoryEntry + 10);
  const packedBytes = archive.readUInt32LE(directoryEntry + 20);
  const header = archive.readUInt32LE(directoryEntry + 42);
  const start = header + LOCAL_HEADER_BYTES + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
  const packed = archive.subarray(start, start + packedBytes);
  if (method === STORED) return Buffer.from(packed);
  if (method === DEFLATED) return inflateRawSync(packed);
  throw new Error(`the zip archive uses packing method ${method}, which is not supported`);
}
