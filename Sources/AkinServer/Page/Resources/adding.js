// Files that are added, and work that goes on.

// MARK: Adding files

const adding = byId('adding');

function send() {
  const file = byId('file'), progress = byId('sending-progress'), text = byId('sending-text');
  byId('sending').hidden = false;
  text.textContent = file.files.length === 1 ? `Sending ${file.files[0].name}` : `Sending ${file.files.length} files`;
  progress.value = 0;
  // Only this kind of request tells how much has been sent.
  const upload = new XMLHttpRequest();
  upload.upload.addEventListener('progress', event => {
    if (event.lengthComputable) progress.value = 100 * event.loaded / event.total;
  });
  upload.upload.addEventListener('load', () => {
    progress.removeAttribute('value');
    text.textContent = 'Reading the papers';
  });
  upload.addEventListener('load', () => {
    const page = parsed(upload.responseText), outcome = page.getElementById('outcome');
    byId('sending').hidden = true;
    if (outcome && upload.status < 400) {
      replaceContents(byId('outcome'), outcome);
      byId('outcome').focus();
      notify('');
      adding.reset();
    } else {
      notify(page.querySelector('[data-error]')?.textContent.trim() || `The server refused: ${upload.status}`);
    }
  });
  upload.addEventListener('error', () => {
    byId('sending').hidden = true;
    notify('Not sent: Akin does not answer. Is its server still running?');
  });
  upload.open('POST', adding.getAttribute('action'));
  upload.setRequestHeader('Accept', 'text/html');
  upload.send(new FormData(adding));
}

if (adding) {
  const drop = adding.querySelector('.drop');
  adding.addEventListener('submit', event => { event.preventDefault(); send(); });
  for (const kind of ['dragenter', 'dragover', 'dragleave', 'drop']) {
    drop.addEventListener(kind, event => {
      event.preventDefault();
      drop.classList.toggle('over', kind === 'dragenter' || kind === 'dragover');
    });
  }
  drop.addEventListener('drop', event => {
    if (!event.dataTransfer.files.length) return;
    byId('file').files = event.dataTransfer.files;
    send();
  });
}

// MARK: Work that goes on

/** Looks again at a page that says that something is being computed. */
function refreshLater() {
  const computing = document.querySelector('[data-refresh]');
  if (!computing) return;
  setTimeout(async () => {
    try {
      const html = await fetchHTML(here());
      // What is done may be a page of its own, with a style that belongs to it alone.
      if (!html.includes('id="main"')) return location.reload();
      replaceContents(byId('main'), parsed(html).getElementById('main'));
    } catch {
      refreshLater();
    }
  }, Number(computing.dataset.refresh) * 1000);
}

prepare();
