const ADDRESS = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/g;

/** Text whose web addresses can be followed, in a new tab as a phone's browser would open. */
export function LinkedText({ text }: { text: string }) {
  return (
    <>
      {text.split(ADDRESS).map((part, index) =>
        index % 2 === 0 ? (
          part
        ) : (
          <a href={part} target="_blank" rel="noopener noreferrer">
            {part}
          </a>
        ),
      )}
    </>
  );
}
