"""Files and folders become Submissions; tampering is found."""
