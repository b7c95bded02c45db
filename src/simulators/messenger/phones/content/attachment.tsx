/** A picture, recording or file in a message. */
export function Attachment({ type, url }: { type: string; url?: string }) {
  if (url === undefined) return <p class="bubble">An attachment ({type})</p>;
  switch (type) {
    case 'image':
    case 'sticker':
      return <img class="picture" src={url} alt="Picture without a description" />;
    case 'audio':
      return <audio controls src={url} />;
    case 'video':
      return <video class="picture" controls src={url} />;
    default:
      return (
        <p class="bubble">
          <a href={url} target="_blank" rel="noopener noreferrer">
            {decodeURIComponent(url.split('/').at(-1) ?? url)}
          </a>
        </p>
      );
  }
}
