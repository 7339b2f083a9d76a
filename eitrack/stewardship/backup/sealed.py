"""Encryption to a public key of age (age-encryption.org): only who holds its identity reads it."""

import hashlib

from eitrack.stewardship.backup.problem import BackupError

MAGIC = b"age-encryption.org/v1"


def recipient_of(key):
    """What can be encrypted to: a key that begins with `age1`."""
    from pyrage import RecipientError, x25519

    try:
        return x25519.Recipient.from_str(key)
    except RecipientError as problem:
        raise BackupError(
            f"{key} is no public key of age: `age-keygen` prints one that begins with age1."
        ) from problem


def seal(plain, sealed, recipient):
    """Encrypt a file, and read it back with a second key, which nobody keeps."""
    import pyrage

    second = pyrage.x25519.Identity.generate()
    digest = _Digest()
    try:
        with plain.open("rb") as source, sealed.open("wb") as target:
            pyrage.encrypt_io(source, target, [recipient, second.to_public()])
        with sealed.open("rb") as source:
            pyrage.decrypt_io(source, digest, [second])
    except (OSError, pyrage.EncryptError, pyrage.DecryptError) as problem:
        raise BackupError(f"The encrypted copy could not be written: {problem}.") from problem
    with plain.open("rb") as source:
        if hashlib.file_digest(source, "sha256").hexdigest() != digest.hexdigest():
            raise BackupError("The encrypted copy is not what was encrypted.")


class _Digest:
    """A file that keeps nothing but the hash of what was written to it."""

    def __init__(self):
        self._hash = hashlib.sha256()
        self.hexdigest = self._hash.hexdigest

    def write(self, content):
        self._hash.update(content)
        return len(content)

    def flush(self):
        """Nothing waits."""


def unseal(sealed, plain, identity_file):
    """Decrypt a file with an identity as `age-keygen` writes it."""
    import pyrage

    if identity_file is None:
        raise BackupError(f"{sealed} is encrypted: --identity names the file of the secret key.")
    try:
        lines = identity_file.read_text().split()
        identities = [
            pyrage.x25519.Identity.from_str(line)
            for line in lines
            if line.startswith("AGE-SECRET-KEY-")
        ]
        with sealed.open("rb") as source, plain.open("wb") as target:
            pyrage.decrypt_io(source, target, identities)
    except (OSError, ValueError, pyrage.IdentityError, pyrage.DecryptError) as problem:
        raise BackupError(f"{sealed} cannot be decrypted: {problem}.") from problem
