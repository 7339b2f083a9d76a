"""What repeats: its plan, who delivers it, and the records of its sessions."""
