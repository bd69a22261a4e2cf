/**
 * The vault: where end users' credentials lie sealed, and the only room of the command side that ever holds one in the
 * clear. A credential comes in through {@link io.byok.command.vault.CredentialIntake}, rests in
 * {@link io.byok.command.vault.CredentialVault}, and leaves through {@link io.byok.command.vault.CredentialExposure} or a
 * provider call. Everywhere on the way it is a {@link io.byok.command.vault.Credential}: owned, unprintable, wiped.
 *
 * <p>Each provider key has a random data key of its own. Destroying that row makes every version of the credential
 * unreadable, here and in every copy of the database made without the root.
 */
@NullMarked
package io.byok.command.vault;

import org.jspecify.annotations.NullMarked;
