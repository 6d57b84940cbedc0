"""Documents as the consortium writes them."""

from backend.documents.proposal_text import Attachment, ProposalDocument, Text

DOCUMENT = ProposalDocument(
    authoritative="sl",
    reference="P14",
    texts={
        "sl": Text("Katalog storitev", "Nov katalog.", "Skupščina odloča o **katalogu**.\n\n- čebele\n"),
        "en": Text("Catalogue of services", "", "The assembly decides on the **catalogue**."),
    },
    attachments=(Attachment("catalogue.pdf", "ab" * 32, 120_000),),
)
